package main

import (
	"fmt"

	"github.com/aliyun/aliyun-oss-go-sdk/oss"
)

func main() {
	config := readConfig()
	client, err := oss.New(config.Endpoint, config.AccessKeyID, config.AccessKeySecret,
		oss.UseCname(true), oss.SecurityToken(config.SecurityToken))
	if err != nil {
		panic(err)
	}
	bucket, err := client.Bucket(config.Bucket)
	if err != nil {
		panic(err)
	}
	run(map[string]Command{
		"version": func(args []string) (interface{}, error) { return oss.Version, nil },
		"put": func(args []string) (interface{}, error) {
			return nil, bucket.PutObjectFromFile(args[0], args[1])
		},
		"multipart": func(args []string) (interface{}, error) {
			return nil, bucket.UploadFile(args[0], args[1], config.PartSize, oss.Routines(2))
		},
		"resume": func(args []string) (interface{}, error) {
			return nil, bucket.UploadFile(args[0], args[1], config.PartSize, oss.Checkpoint(true, args[2]))
		},
		"get": func(args []string) (interface{}, error) {
			return nil, bucket.GetObjectToFile(args[0], args[1])
		},
		"list": func(args []string) (interface{}, error) {
			result, err := bucket.ListObjects(oss.Prefix(args[0]), oss.MaxKeys(1000))
			keys := []string{}
			for _, object := range result.Objects {
				keys = append(keys, object.Key)
			}
			return keys, err
		},
		"delete": func(args []string) (interface{}, error) {
			return nil, bucket.DeleteObject(args[0])
		},
	}, func(err error) string {
		if serviceError, ok := err.(oss.ServiceError); ok {
			return "ServiceError " + serviceError.Code
		}
		return fmt.Sprintf("%T", err)
	})
}
