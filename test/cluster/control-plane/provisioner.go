package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/kwok/pkg/utils/signals"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const (
	// provisionerName stands in the storage classes; storage-classes.mjs has the same.
	provisionerName = "volumes.test.xerv.io"
	zoneLabel       = "topology.kubernetes.io/zone"
)

// provisioner makes volumes that exist in the API only. Kubernetes' own host path provisioner
// would leave a directory in /tmp for each.
type provisioner struct{ client kubernetes.Interface }

func runProvisioner(arguments []string) int {
	flags := flag.NewFlagSet("provisioner", flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "file that names the cluster")
	if err := flags.Parse(arguments); err != nil {
		return 2
	}
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fmt.Fprintln(os.Stderr, "provisioner:", err)
		return 1
	}
	config.QPS, config.Burst = 500, 1000
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		fmt.Fprintln(os.Stderr, "provisioner:", err)
		return 1
	}
	ctx := signals.SetupSignalContext()
	controller.NewProvisionController(ctx, client, provisionerName, provisioner{client},
		controller.LeaderElection(false)).Run(ctx)
	return 0
}

// Provision makes the volume. One whose class waits for the first pod belongs to the zone of that
// pod's node, as the disks of cloud providers do.
func (p provisioner) Provision(ctx context.Context, options controller.ProvisionOptions) (*v1.PersistentVolume, controller.ProvisioningState, error) {
	volume := &v1.PersistentVolume{
		Spec: v1.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			AccessModes:                   options.PVC.Spec.AccessModes,
			VolumeMode:                    options.PVC.Spec.VolumeMode,
			Capacity:                      v1.ResourceList{v1.ResourceStorage: options.PVC.Spec.Resources.Requests[v1.ResourceStorage]},
			PersistentVolumeSource: v1.PersistentVolumeSource{
				CSI: &v1.CSIPersistentVolumeSource{Driver: provisionerName, VolumeHandle: options.PVName},
			},
		},
	}
	volume.Name = options.PVName
	if name := options.SelectedNodeName; name != "" {
		node, err := p.client.CoreV1().Nodes().Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return nil, controller.ProvisioningFinished, err
		}
		if zone := node.Labels[zoneLabel]; zone != "" {
			volume.Spec.NodeAffinity = inZone(zone)
		}
	}
	return volume, controller.ProvisioningFinished, nil
}

// Delete has nothing to remove but the object, which the library deletes itself.
func (provisioner) Delete(context.Context, *v1.PersistentVolume) error { return nil }

func inZone(zone string) *v1.VolumeNodeAffinity {
	return &v1.VolumeNodeAffinity{Required: &v1.NodeSelector{NodeSelectorTerms: []v1.NodeSelectorTerm{{
		MatchExpressions: []v1.NodeSelectorRequirement{{Key: zoneLabel, Operator: v1.NodeSelectorOpIn, Values: []string{zone}}},
	}}}}
}
