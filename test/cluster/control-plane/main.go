// The control plane of the tests in one program. The first argument names the role to play; the
// others are the flags of that role.
package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// endsWithStdin is the environment variable that ties a role to its launcher.
const endsWithStdin = "CONTROL_PLANE_ENDS_WITH_STDIN"

// roles maps the first argument to what it starts, which returns the exit code.
var roles = map[string]func(arguments []string) int{
	"certificates":            makeCertificates,
	"etcd":                    runEtcd,
	"kube-apiserver":          runAPIServer,
	"kube-controller-manager": runControllerManager,
	"kube-scheduler":          runScheduler,
	"kwok":                    runKwok,
	"provisioner":             runProvisioner,
}

func main() {
	if len(os.Args) < 2 || roles[os.Args[1]] == nil {
		names := slices.Sorted(maps.Keys(roles))
		fmt.Fprintf(os.Stderr, "usage: %s ROLE [FLAGS]\nroles: %s\n", os.Args[0], strings.Join(names, ", "))
		os.Exit(2)
	}
	if os.Getenv(endsWithStdin) != "" {
		go endWithStdin()
	}
	// Each role takes the first argument for the program's name.
	role := os.Args[1]
	os.Args = os.Args[1:]
	os.Exit(roles[role](os.Args[1:]))
}

// endWithStdin ends the process when the launcher has closed its end of the pipe, which the
// system does for a launcher that was killed. Nothing is saved: the data has no further use.
func endWithStdin() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}
