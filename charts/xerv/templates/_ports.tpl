{{/* Ports of the container: ours, then extraPorts. Kubernetes merges them by number and protocol. */}}
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
{{- end -}}

{{- define "xerv.servicePorts" -}}
{{- $nodePort := (.Values.service).nodePort | default 0 | int64 -}}
- name: http
  port: {{ include "xerv.apiPort" . }}
  targetPort: http
  protocol: TCP
  {{- if and (include "xerv.isOutside" .) $nodePort }}
  nodePort: {{ $nodePort }}
  {{- end }}
{{- if include "xerv.metrics.isEnabled" . }}
- name: metrics
  port: {{ include "xerv.metrics.port" . }}
  targetPort: {{ include "xerv.metrics.portName" . }}
  protocol: TCP
{{- end }}
{{- end -}}

{{/* Truthy (not empty) where the Service can be reached from outside the cluster. */}}
{{- define "xerv.isOutside" -}}
{{- if ne ((.Values.service).type | default "ClusterIP") "ClusterIP" }}true{{ end -}}
{{- end -}}
