{{/* Whom the pods may talk to; the user's own rules last. */}}
{{- define "xerv.networkPolicy.egress" -}}
{{- $rules := list -}}
{{- range list "backend" "raft" "traces" "mesh" -}}
{{- $rules = concat $rules (include (printf "xerv.networkPolicy.egress.%s" .) $ | fromJsonArray) -}}
{{- end -}}
{{- $rules = concat (uniq $rules) ((.Values.networkPolicy).egress | default list) -}}
{{- $rules = include "xerv.networkPolicy.throughMesh" (list . "to" $rules) | fromJsonArray -}}
{{- concat (include "xerv.networkPolicy.egress.dns" . | fromJsonArray) $rules | toYaml -}}
{{- end -}}

{{- define "xerv.networkPolicy.egress.dns" -}}
{{- $dns := .Values.networkPolicy.dns | default dict -}}
{{- $ports := list -}}
{{- range $port := $dns.ports | default (list 53) -}}
{{- range list "UDP" "TCP" }}{{ $ports = append $ports (dict "protocol" . "port" (int $port)) }}{{ end -}}
{{- end -}}
{{- include "xerv.networkPolicy.rule" (list "to" (include "xerv.network.peers" $dns | fromJsonArray) $ports) -}}
{{- end -}}

{{/* Each host of the URL, by the backend's own ports too; and what the values name. */}}
{{- define "xerv.networkPolicy.egress.backend" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $own := .Values.networkPolicy.backendServers | default dict -}}
{{- $rules := list -}}
{{- if has $backend (list "redis" "nats") -}}
{{- $server := get .Values.dispatch $backend -}}
{{- $ports := $own.ports | default list -}}
{{- if not $server.existingSecret -}}
{{- range splitList "," ($server.url | default "") -}}
{{- $endpoint := include "xerv.network.endpoint" . | fromJson -}}
{{- $rules = concat $rules (include "xerv.networkPolicy.to" (list $ $endpoint.host (prepend ($own.ports | default list) $endpoint.port)) | fromJsonArray) -}}
{{- $ports = append $ports $endpoint.port -}}
{{- end -}}
{{- end -}}
{{- $ports = $ports | default (list (eq $backend "redis" | ternary 6379 4222)) -}}
{{- $ports = include "xerv.network.ports" $ports | fromJsonArray -}}
{{- $peers := include "xerv.network.peers" $own | fromJsonArray -}}
{{- if $peers -}}
{{- $rules = append $rules (dict "to" $peers "ports" $ports) -}}
{{- else if $server.existingSecret -}}
{{- $rules = append $rules (dict "ports" $ports) -}}
{{- end -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/* The rule for a host, as a JSON list of none or one: (list $ host ports). */}}
{{- define "xerv.networkPolicy.to" -}}
{{- $where := include "xerv.network.whereabouts" . | fromJson -}}
{{- $rule := dict "ports" (include "xerv.network.ports" (index . 2) | fromJsonArray) -}}
{{- if $where.peers }}{{ $_ := set $rule "to" $where.peers }}{{ end -}}
{{- if or $where.peers $where.anywhere }}{{ list $rule | toJson }}{{ else }}[]{{ end -}}
{{- end -}}

{{- define "xerv.networkPolicy.egress.raft" -}}
{{- if include "xerv.isRaft" . -}}
{{- $peers := dict "podSelector" (dict "matchLabels" (include "xerv.selectorLabels" . | fromYaml)) -}}
{{- $ports := include "xerv.network.ports" (list (include "xerv.grpcPort" .)) | fromJsonArray -}}
{{- include "xerv.networkPolicy.rule" (list "to" (list $peers) $ports) -}}
{{- else }}[]{{ end -}}
{{- end -}}

{{- define "xerv.networkPolicy.egress.traces" -}}
{{- $endpoint := include "xerv.observability.endpoint" . -}}
{{- if and ((.Values.monitoring).tracing).enabled $endpoint -}}
{{- $target := include "xerv.network.endpoint" $endpoint | fromJson -}}
{{- include "xerv.networkPolicy.to" (list . $target.host (list $target.port)) -}}
{{- else }}[]{{ end -}}
{{- end -}}

{{/*
What a proxy in the pod needs of its control plane: istiod's configuration and certificates (15012);
Linkerd's identity, destination and policy. In ambient mode the proxy is no part of the pod.
*/}}
{{- define "xerv.networkPolicy.egress.mesh" -}}
{{- $ports := get (dict "sidecar" (list 15012) "linkerd" (list 8080 8086 8090)) (include "xerv.network.mesh" .) -}}
{{- $mesh := dict "namespaces" (include "xerv.network.meshNamespaces" . | fromJsonArray) -}}
{{- $peers := include "xerv.network.namespaces" $mesh | fromJsonArray -}}
{{- include "xerv.networkPolicy.rule" (list "to" $peers (include "xerv.network.ports" ($ports | default list) | fromJsonArray)) -}}
{{- end -}}
