{{/*
Hosts and ports outside of the cluster, as a JSON list of {host, port}: of the backend, of the
traces, and those that the user names. A URL in a Secret cannot be read here.
*/}}
{{- define "xerv.istio.outsideHosts" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $server := get (.Values.dispatch | default dict) $backend | default dict -}}
{{- $urls := list -}}
{{- if and (has $backend (list "redis" "nats")) (not $server.existingSecret) -}}
{{- $urls = splitList "," ($server.url | default "") -}}
{{- end -}}
{{- if ((.Values.monitoring).tracing).enabled }}{{ $urls = append $urls (include "xerv.observability.endpoint" .) }}{{ end -}}
{{- $hosts := list -}}
{{- range $urls -}}
{{- $address := include "xerv.mesh.address" . -}}
{{- $host := regexReplaceAll ":[0-9]+$" $address "" | trimPrefix "[" | trimSuffix "]" -}}
{{- if include "xerv.istio.isOutside" (list $ $host) -}}
{{- $usual := dict "redis" 6379 "rediss" 6379 "nats" 4222 "tls" 4222 "ws" 80 "wss" 443 "http" 80 "https" 443 -}}
{{- $port := regexFind ":[0-9]+$" $address | trimPrefix ":" | default (get $usual (trim . | splitList "://" | first)) -}}
{{- $hosts = append $hosts (dict "host" $host "port" (int $port)) -}}
{{- end -}}
{{- end -}}
{{- range ((.Values.serviceMesh.istio.serviceEntry).hosts) -}}
{{- $hosts = append $hosts (dict "host" .host "port" (int .port)) -}}
{{- end -}}
{{- uniq $hosts | toJson -}}
{{- end -}}

{{/*
Truthy (not empty) for a host, (list $ host), that is no Service: an address, or a name of three
parts and more that does not end as Services do. A name of two parts may be Service.namespace.
*/}}
{{- define "xerv.istio.isOutside" -}}
{{- $host := index . 1 -}}
{{- $domain := (index . 0).Values.clusterDomain | default "cluster.local" -}}
{{- $isAddress := include "xerv.istio.isAddress" $host -}}
{{- $isName := and (regexMatch "[^.]\\.[^.]+\\.[^.]" $host) (not (hasSuffix ".svc" $host)) (not (contains ".svc." $host)) (not (hasSuffix (printf ".%s" $domain) $host)) -}}
{{- if or $isAddress $isName }}true{{ end -}}
{{- end -}}

{{- define "xerv.istio.isAddress" -}}
{{- if or (contains ":" .) (regexMatch "^[0-9]+(\\.[0-9]+){3}$" .) }}true{{ end -}}
{{- end -}}
