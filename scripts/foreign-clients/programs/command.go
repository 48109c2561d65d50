// Runs one command of a client program and prints its result as JSON. See ../scenario.ts for the commands.

package main

import (
	"encoding/json"
	"os"
)

// Config holds addresses, credentials and names.
type Config struct {
	Endpoint        string
	Proxy           string
	Bucket          string
	Region          string
	PartSize        int64
	AccessKeyID     string `json:"accessKeyId"`
	AccessKeySecret string
	SecurityToken   string
	Sts             struct {
		Endpoint string
		RoleArn  string
		Policy   json.RawMessage
	}
}

// Command returns a result that is printed as JSON.
type Command func(args []string) (interface{}, error)

func readConfig() Config {
	var config Config
	if err := json.Unmarshal([]byte(os.Getenv("FOREIGN_CLIENT")), &config); err != nil {
		panic(err)
	}
	return config
}

// Returns the type of an error as users of the client tell errors apart.
type describeError func(error) string

func run(commands map[string]Command, describe describeError) {
	command, found := commands[os.Args[1]]
	result := map[string]interface{}{"unsupported": true}
	if found {
		value, err := command(os.Args[2:])
		result = map[string]interface{}{"value": value}
		if err != nil {
			result = map[string]interface{}{
				"error": map[string]string{"type": describe(err), "message": err.Error()},
			}
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		panic(err)
	}
}
