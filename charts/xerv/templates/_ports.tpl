{{/* Ports of the container: ours, then extraPorts. "xerv.requirements.ports" keeps them apart. */}}
{{- define "xerv.containerPorts" -}}
- name: http
  containerPort: {{ include "xerv.apiPort" . }}
  protocol: TCP
{{- if include "xerv.isRaft" . }}
- name: grpc
  containerPort: {{ include "xerv.grpcPort" . }}
  protocol: TCP
{{- end }}
{{- if and (include "xerv.metrics.isEnabled" .) (not (include "xerv.metrics.isOnApiPort" .)) }}
- name: metrics
  containerPort: {{ include "xerv.metrics.port" . }}
  protocol: TCP
{{- end }}
{{- range .Values.extraPorts }}
- name: {{ .name | quote }}
  containerPort: {{ .targetPort | default .port | int64 }}
  protocol: {{ .protocol | default "TCP" }}
{{- end }}
{{- end -}}

{{- define "xerv.servicePorts" -}}
{{- $service := .Values.service | default dict -}}
{{- include "xerv.servicePort" (list . (dict "name" "http" "port" (include "xerv.apiPort" .) "appProtocol" $service.appProtocol "nodePort" $service.nodePort)) }}
{{- if and (include "xerv.metrics.isEnabled" .) (not (include "xerv.metrics.isApart" .)) }}
{{ include "xerv.servicePort" (list . (dict "name" "metrics" "port" (include "xerv.metrics.port" .) "targetPort" (include "xerv.metrics.portName" .))) }}
{{- end }}
{{- range .Values.extraPorts }}
{{ include "xerv.servicePort" (list $ (omit . "targetPort")) }}
{{- end }}
{{- end -}}

{{/* One port of the Service, (list $ port); it leads to the container's port of the same name. */}}
{{- define "xerv.servicePort" -}}
{{- $port := index . 1 -}}
- name: {{ $port.name | quote }}
  port: {{ $port.port | int64 }}
  targetPort: {{ $port.targetPort | default $port.name | quote }}
  protocol: {{ $port.protocol | default "TCP" }}
  {{- with $port.appProtocol }}
  appProtocol: {{ . | quote }}
  {{- end }}
  {{- if and (include "xerv.isOutside" (index . 0)) ($port.nodePort | default 0 | int64) }}
  nodePort: {{ $port.nodePort | int64 }}
  {{- end }}
{{- end -}}

{{/* Truthy (not empty) where the Service can be reached from outside the cluster. */}}
{{- define "xerv.isOutside" -}}
{{- if ne ((.Values.service).type | default "ClusterIP") "ClusterIP" }}true{{ end -}}
{{- end -}}

{{/*
Every port that is taken, as a JSON list of {of, setting, name, key}: two of one key cannot be, since
Kubernetes tells ports apart by number and protocol, and refuses or loses one of them.
*/}}
{{- define "xerv.takenPorts" -}}
{{- $taken := list (dict "of" "server" "setting" "server.apiPort" "key" (printf "%s/TCP" (include "xerv.apiPort" .))) -}}
{{- $taken = append $taken (merge (dict "of" "Service") (index $taken 0)) -}}
{{- if include "xerv.isRaft" . -}}
{{- $taken = append $taken (dict "of" "server" "setting" "server.grpcPort" "key" (printf "%s/TCP" (include "xerv.grpcPort" .))) -}}
{{- end -}}
{{- if include "xerv.metrics.isEnabled" . -}}
{{- $metrics := dict "of" "Service" "setting" "metrics.port" "key" (printf "%s/TCP" (include "xerv.metrics.port" .)) -}}
{{- $taken = append $taken $metrics -}}
{{- if not (include "xerv.metrics.isOnApiPort" .) }}{{ $taken = append $taken (merge (dict "of" "server") $metrics) }}{{ end -}}
{{- end -}}
{{- $atNodes := include "xerv.isOutside" . -}}
{{- with (.Values.service).nodePort | default 0 | int64 -}}
{{- if $atNodes }}{{ $taken = append $taken (dict "of" "node" "setting" "service.nodePort" "key" (printf "%d/TCP" .)) }}{{ end -}}
{{- end -}}
{{- range $i, $port := .Values.extraPorts -}}
{{- $protocol := $port.protocol | default "TCP" -}}
{{- $target := $port.targetPort | empty | ternary "port" "targetPort" -}}
{{- $taken = append $taken (dict "of" "server" "setting" (printf "extraPorts[%d].%s" $i $target) "key" (printf "%d/%s" (get $port $target | int64) $protocol)) -}}
{{- $taken = append $taken (dict "of" "Service" "setting" (printf "extraPorts[%d].port" $i) "key" (printf "%d/%s" (int64 $port.port) $protocol)) -}}
{{- with $port.nodePort | default 0 | int64 -}}
{{- if $atNodes }}{{ $taken = append $taken (dict "of" "node" "setting" (printf "extraPorts[%d].nodePort" $i) "key" (printf "%d/%s" . $protocol)) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- toJson $taken -}}
{{- end -}}

{{- define "xerv.requirements.ports" -}}
{{- $seen := dict -}}
{{- $problems := list -}}
{{- range include "xerv.takenPorts" . | fromJsonArray -}}
{{- $key := printf "%s %s" .of .key -}}
{{- if hasKey $seen $key -}}
{{- $problems = append $problems (printf "%s and %s are both %s: give each a port of its own." (get $seen $key) .setting (trimSuffix "/TCP" .key)) -}}
{{- else }}{{ $_ := set $seen $key .setting }}{{ end -}}
{{- end -}}
{{- $names := dict "http" "the API" "grpc" "the raft peers" "metrics" "the metrics" -}}
{{- range $i, $port := .Values.extraPorts -}}
{{- if hasKey $names $port.name -}}
{{- $problems = append $problems (printf "extraPorts[%d].name %s is the name of the port of %s: give it another one." $i $port.name (get $names $port.name)) -}}
{{- else }}{{ $_ := set $names $port.name (printf "extraPorts[%d]" $i) }}{{ end -}}
{{- end -}}
{{- uniq $problems | join "\n" -}}
{{- end -}}
