{{/*
Host and port of a URL, as JSON. It never goes through urlParse, whose errors would show a password.
*/}}
{{- define "xerv.network.endpoint" -}}
{{- $address := include "xerv.mesh.address" . -}}
{{- $scheme := trim . | splitList "://" | first | lower -}}
{{- $usual := dict "redis" 6379 "rediss" 6379 "nats" 4222 "tls" 4222 "ws" 80 "wss" 443 "http" 80 "https" 443 -}}
{{- $port := regexFind ":[0-9]+$" $address | trimPrefix ":" | default (get $usual $scheme) -}}
{{- $host := regexReplaceAll ":[0-9]+$" $address "" | trimPrefix "[" | trimSuffix "]" | trimSuffix "." | lower -}}
{{- dict "host" $host "port" (int $port) | toJson -}}
{{- end -}}

{{/*
Whom a host may be, (list $ host), as a JSON map: peers of a NetworkPolicy, or anywhere, or nothing
for the pod itself. A name of two parts may be Service.namespace, or pod.Service of a headless
Service in this namespace. Of other names nobody knows here where they lead.
*/}}
{{- define "xerv.network.whereabouts" -}}
{{- $root := index . 0 -}}
{{- $host := index . 1 -}}
{{- $domain := $root.Values.clusterDomain | default "cluster.local" | replace "." "\\." -}}
{{- $service := printf "^(?:.*\\.)?([^.]+)\\.svc(?:\\.%s)?$" $domain -}}
{{- $namespaces := list -}}
{{- $cidr := "" -}}
{{- if regexMatch "^(localhost|127\\.[0-9.]+|::1|)$" $host -}}
{{- else if contains ":" $host }}{{ $cidr = printf "%s/128" $host -}}
{{- else if regexMatch "^[0-9]+(\\.[0-9]+){3}$" $host }}{{ $cidr = printf "%s/32" $host -}}
{{- else if regexMatch $service $host }}{{ $namespaces = list (regexReplaceAll $service $host "${1}") -}}
{{- else if regexMatch "^[^.]+$" $host }}{{ $namespaces = list $root.Release.Namespace -}}
{{- else if regexMatch "^[^.]+\\.[^.]+$" $host -}}
{{- $namespaces = list (splitList "." $host | last) $root.Release.Namespace | uniq -}}
{{- end -}}
{{- $peers := include "xerv.network.namespaces" (dict "namespaces" $namespaces) | fromJsonArray -}}
{{- if $cidr }}{{ $peers = list (dict "ipBlock" (dict "cidr" $cidr)) }}{{ end -}}
{{- $isHere := regexMatch "^(localhost|127\\.[0-9.]+|::1|)$" $host -}}
{{- dict "peers" $peers "anywhere" (and (empty $peers) (not $isHere)) | toJson -}}
{{- end -}}

{{/*
Peers of a NetworkPolicy, as a JSON list: the pods with podLabels in each of the namespaces. Both
stand in one peer, since two would mean: one or the other.
*/}}
{{- define "xerv.network.namespaces" -}}
{{- $pods := include "xerv.stringMap" (list .podLabels) | fromYaml -}}
{{- $peers := list -}}
{{- range .namespaces | default list | uniq -}}
{{- $peer := dict "namespaceSelector" (dict "matchLabels" (dict "kubernetes.io/metadata.name" .)) -}}
{{- if $pods }}{{ $_ := set $peer "podSelector" (dict "matchLabels" $pods) }}{{ end -}}
{{- $peers = append $peers $peer -}}
{{- end -}}
{{- toJson $peers -}}
{{- end -}}

{{/* Peers as JSON: the address ranges, and then the namespaces with podLabels. */}}
{{- define "xerv.network.peers" -}}
{{- $peers := list -}}
{{- range .cidrs }}{{ $peers = append $peers (dict "ipBlock" (dict "cidr" .)) }}{{ end -}}
{{- concat $peers (include "xerv.network.namespaces" . | fromJsonArray) | toJson -}}
{{- end -}}

{{/* Ports of a NetworkPolicy, as JSON, for TCP: each a number. */}}
{{- define "xerv.network.ports" -}}
{{- $ports := list -}}
{{- range uniq . }}{{ $ports = append $ports (dict "protocol" "TCP" "port" (int .)) }}{{ end -}}
{{- toJson $ports -}}
{{- end -}}

{{/* The mesh by which pods reach each other: sidecar, ambient or linkerd; empty without one. */}}
{{- define "xerv.network.mesh" -}}
{{- $provider := include "xerv.mesh.provider" . -}}
{{- if ne $provider "istio" }}{{ $provider }}
{{- else }}{{ ((.Values.serviceMesh.istio).ambient).enabled | ternary "ambient" "sidecar" }}
{{- end -}}
{{- end -}}

{{/* Namespaces of the mesh, and what it offers there, as a JSON list. */}}
{{- define "xerv.network.meshNamespaces" -}}
{{- $usual := eq (include "xerv.mesh.provider" .) "istio" | ternary (list "istio-system") (list "linkerd" "linkerd-viz") -}}
{{- ((.Values.networkPolicy).mesh).namespaces | default $usual | toJson -}}
{{- end -}}

{{- define "xerv.requirements.network" -}}
{{- include "xerv.requirements.ports" . -}}
{{- end -}}
