package main

import (
	"fmt"
	"io/ioutil"
	"net/http"
	"os"
	"time"

	"github.com/denverdino/aliyungo/common"
	"github.com/denverdino/aliyungo/oss"
	"github.com/denverdino/aliyungo/sts"
)

func main() {
	config := readConfig()
	region := oss.Region("oss-" + config.Region)
	client := oss.NewOSSClientForAssumeRole(region, false, config.AccessKeyID, config.AccessKeySecret,
		config.SecurityToken, false)
	bucket := client.Bucket(config.Bucket)
	run(map[string]Command{
		"version": func(args []string) (interface{}, error) { return common.Version, nil },
		"assume-role": func(args []string) (interface{}, error) {
			client := sts.NewClientWithEndpoint(config.Sts.Endpoint, config.AccessKeyID, config.AccessKeySecret)
			response, err := client.AssumeRole(sts.AssumeRoleRequest{
				RoleArn:         config.Sts.RoleArn,
				RoleSessionName: "aliyungo",
				DurationSeconds: 900,
				Policy:          string(config.Sts.Policy),
			})
			return response.Credentials, err
		},
		"put": func(args []string) (interface{}, error) {
			file, err := os.Open(args[1])
			if err != nil {
				return nil, err
			}
			defer file.Close()
			return nil, bucket.PutFile(args[0], file, oss.Private, oss.Options{})
		},
		"multipart": func(args []string) (interface{}, error) {
			file, err := os.Open(args[1])
			if err != nil {
				return nil, err
			}
			defer file.Close()
			upload, err := bucket.InitMulti(args[0], "application/octet-stream", oss.Private, oss.Options{})
			if err != nil {
				return nil, err
			}
			parts, err := upload.PutAll(file, config.PartSize)
			if err != nil {
				return nil, err
			}
			return nil, upload.Complete(parts)
		},
		"get": func(args []string) (interface{}, error) {
			content, err := bucket.Get(args[0])
			if err != nil {
				return nil, err
			}
			return nil, ioutil.WriteFile(args[1], content, 0o600)
		},
		"list": func(args []string) (interface{}, error) {
			result, err := bucket.List(args[0], "", "", 1000)
			if err != nil {
				return nil, err
			}
			keys := []string{}
			for _, object := range result.Contents {
				keys = append(keys, object.Key)
			}
			return keys, nil
		},
		"sign-url": func(args []string) (interface{}, error) {
			return bucket.SignedURLWithArgs(args[0], time.Now().Add(time.Minute), nil, http.Header{}), nil
		},
		"delete": func(args []string) (interface{}, error) {
			return nil, bucket.Del(args[0])
		},
	}, func(err error) string {
		if serviceError, ok := err.(*oss.Error); ok {
			return "Error " + serviceError.Code
		}
		return fmt.Sprintf("%T", err)
	})
}
