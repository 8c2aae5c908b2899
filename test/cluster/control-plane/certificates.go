package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// lifetime of the certificates: a playground may stay up for long.
const lifetime = 365 * 24 * time.Hour

// makeCertificates writes into the directory that it is given: a certificate authority, the
// server certificate of the loopback interface and the key pair of the service accounts.
func makeCertificates(arguments []string) int {
	if len(arguments) != 1 {
		fmt.Fprintln(os.Stderr, "usage: certificates DIRECTORY")
		return 2
	}
	if err := writeCertificates(arguments[0]); err != nil {
		fmt.Fprintln(os.Stderr, "certificates:", err)
		return 1
	}
	return 0
}

func writeCertificates(directory string) error {
	if err := os.MkdirAll(directory, 0o700); err != nil {
		return err
	}
	keys := make([]*ecdsa.PrivateKey, 3)
	for index := range keys {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return err
		}
		keys[index] = key
	}
	authorityKey, serverKey, accountKey := keys[0], keys[1], keys[2]

	authority := template("test-control-plane-ca", 1)
	authority.IsCA = true
	authority.BasicConstraintsValid = true
	authority.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	authorityCertificate, err := x509.CreateCertificate(rand.Reader, authority, authority, authorityKey.Public(), authorityKey)
	if err != nil {
		return err
	}
	server := template("kube-apiserver", 2)
	server.KeyUsage = x509.KeyUsageDigitalSignature
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	server.DNSNames = []string{"localhost", "kubernetes.default.svc"}
	serverCertificate, err := x509.CreateCertificate(rand.Reader, server, authority, serverKey.Public(), authorityKey)
	if err != nil {
		return err
	}

	if err := writePEM(directory, "ca.crt", "CERTIFICATE", authorityCertificate, nil); err != nil {
		return err
	}
	if err := writePEM(directory, "server.crt", "CERTIFICATE", serverCertificate, nil); err != nil {
		return err
	}
	if err := writePrivateKey(directory, "server.key", serverKey); err != nil {
		return err
	}
	if err := writePrivateKey(directory, "service-account.key", accountKey); err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(accountKey.Public())
	return writePEM(directory, "service-account.pub", "PUBLIC KEY", public, err)
}

func template(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(lifetime),
	}
}

func writePrivateKey(directory, name string, key crypto.PrivateKey) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return writePEM(directory, name, "PRIVATE KEY", der, err)
}

// writePEM writes the file unless making its content has failed.
func writePEM(directory, name, kind string, der []byte, err error) error {
	if err != nil {
		return err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	return os.WriteFile(filepath.Join(directory, name), text, 0o600)
}
