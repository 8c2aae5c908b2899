{{- define "xerv.container" -}}
name: xerv
image: {{ include "xerv.image" . | quote }}
imagePullPolicy: {{ (.Values.image).pullPolicy | default "IfNotPresent" }}
{{- with .Values.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- include "xerv.command" . }}
env:
  {{- include "xerv.env" . | nindent 2 }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  {{- include "xerv.containerPorts" . | nindent 2 }}
{{- include "xerv.probes" . }}
lifecycle:
  {{- include "xerv.lifecycle" . | nindent 2 }}
{{- with .Values.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  {{- include "xerv.volumeMounts" . | nindent 2 }}
{{- end -}}

{{/*
XERV limits requests by client address and answers 429 above that, so the liveness probe must
not use the API: under load Kubernetes would restart a server that works. Behind the proxy of a mesh
all clients have one address, which the probe shares: there the readiness probe only connects, so
that load does not take every pod out of the Service at once. The startup probe, which comes before
any client, has asked the API by then.
*/}}
{{- define "xerv.probes" -}}
{{- $health := dict "httpGet" (dict "path" "/api/v1/health" "port" "http") -}}
{{- $connect := dict "tcpSocket" (dict "port" "http") -}}
{{- $ready := include "xerv.mesh.isInjected" . | empty | ternary $health $connect -}}
{{- range $name, $handler := dict "startupProbe" $health "livenessProbe" $connect "readinessProbe" $ready }}
{{- $probe := get $.Values $name | default dict }}
{{- if $probe.enabled }}
{{ $name }}:
  {{- merge (omit $probe "enabled") $handler | toYaml | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
XERV ends on SIGINT and, as process 1, ignores the SIGTERM that Kubernetes sends. The delay lets
Services and load balancers turn away from the pod first.
*/}}
{{- define "xerv.lifecycle" -}}
{{- if .Values.lifecycle }}{{ toYaml .Values.lifecycle }}{{ else -}}
preStop:
  exec:
    command:
      - sh
      - -c
      - sleep {{ .Values.shutdownDelaySeconds | default 0 | int64 }}; kill -INT 1
{{- end -}}
{{- end -}}
