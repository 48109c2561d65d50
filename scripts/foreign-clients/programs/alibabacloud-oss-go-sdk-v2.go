package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss"
	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss/credentials"
)

func main() {
	config := readConfig()
	ctx := context.Background()
	client := oss.NewClient(oss.LoadDefaultConfig().
		WithCredentialsProvider(credentials.NewStaticCredentialsProvider(
			config.AccessKeyID, config.AccessKeySecret, config.SecurityToken)).
		WithRegion(config.Region).
		WithEndpoint(config.Endpoint).
		WithProxyHost(config.Proxy))
	upload := func(key, path string, options ...func(*oss.UploaderOptions)) error {
		setPartSize := func(options *oss.UploaderOptions) { options.PartSize = config.PartSize }
		uploader := client.NewUploader(append(options, setPartSize)...)
		request := &oss.PutObjectRequest{Bucket: oss.Ptr(config.Bucket), Key: oss.Ptr(key)}
		_, err := uploader.UploadFile(ctx, request, path)
		return err
	}
	run(map[string]Command{
		"version": func(args []string) (interface{}, error) { return oss.Version(), nil },
		"put": func(args []string) (interface{}, error) {
			request := &oss.PutObjectRequest{Bucket: oss.Ptr(config.Bucket), Key: oss.Ptr(args[0])}
			_, err := client.PutObjectFromFile(ctx, request, args[1])
			return nil, err
		},
		"multipart": func(args []string) (interface{}, error) {
			return nil, upload(args[0], args[1])
		},
		"resume": func(args []string) (interface{}, error) {
			return nil, upload(args[0], args[1], func(options *oss.UploaderOptions) {
				options.ParallelNum = 1
				options.EnableCheckpoint = true
				options.CheckpointDir = filepath.Dir(args[2])
			})
		},
		"get": func(args []string) (interface{}, error) {
			request := &oss.GetObjectRequest{Bucket: oss.Ptr(config.Bucket), Key: oss.Ptr(args[0])}
			_, err := client.GetObjectToFile(ctx, request, args[1])
			return nil, err
		},
		"list": func(args []string) (interface{}, error) {
			result, err := client.ListObjectsV2(ctx, &oss.ListObjectsV2Request{
				Bucket: oss.Ptr(config.Bucket), Prefix: oss.Ptr(args[0]), MaxKeys: 1000,
			})
			if err != nil {
				return nil, err
			}
			keys := []string{}
			for _, object := range result.Contents {
				keys = append(keys, *object.Key)
			}
			return keys, nil
		},
		"sign-url": func(args []string) (interface{}, error) {
			request := &oss.GetObjectRequest{Bucket: oss.Ptr(config.Bucket), Key: oss.Ptr(args[0])}
			result, err := client.Presign(ctx, request, oss.PresignExpires(time.Minute))
			if err != nil {
				return nil, err
			}
			return result.URL, nil
		},
		"delete": func(args []string) (interface{}, error) {
			_, err := client.DeleteObject(ctx, &oss.DeleteObjectRequest{
				Bucket: oss.Ptr(config.Bucket), Key: oss.Ptr(args[0]),
			})
			return nil, err
		},
	}, func(err error) string {
		var serviceError *oss.ServiceError
		if errors.As(err, &serviceError) {
			return "ServiceError " + serviceError.Code
		}
		return fmt.Sprintf("%T", err)
	})
}
