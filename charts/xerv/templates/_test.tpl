{{/* At most 63 characters, as the pod's host name. */}}
{{- define "xerv.test.name" -}}
{{- include "xerv.cut" (list (include "xerv.fullname" .) 47) -}}-test-connection
{{- end -}}

{{/*
metadata of the test's pod. Its name label is one of its own: with that of the release the Service
would send requests to it. In a mesh it is a member like XERV's pods, or STRICT would refuse it.
*/}}
{{- define "xerv.test.metadata" -}}
{{- $name := printf "%s-test" (include "xerv.name" . | trunc 58) -}}
{{- $labels := list (dict "app.kubernetes.io/name" $name) (include "xerv.mesh.podLabels" . | fromYaml) -}}
{{- $hook := dict
  "helm.sh/hook" "test"
  "helm.sh/hook-delete-policy" "before-hook-creation,hook-succeeded"
  "helm.sh/hook-output-log-policy" "hook-succeeded,hook-failed" -}}
{{- if include "xerv.mesh.isLinkerdInjected" . }}{{ $_ := set $hook "config.linkerd.io/proxy-admin-shutdown" "enabled" }}{{ end -}}
{{- $annotations := list $hook (include "xerv.mesh.podAnnotations" . | fromYaml) -}}
{{- $all := include "xerv.metadata" (dict "root" . "name" (include "xerv.test.name" .) "annotations" (include "xerv.stringMap" $annotations | fromYaml)) | fromYaml -}}
{{- $_ := set $all "labels" (include "xerv.stringMap" (append $labels $all.labels) | fromYaml) -}}
{{- $_ := set $all "annotations" (omit $all.annotations "prometheus.io/scrape" "prometheus.io/port" "prometheus.io/path") -}}
{{- toYaml $all -}}
{{- end -}}

{{- define "xerv.test.container" -}}
name: test
image: {{ (.Values.tests).image | default (include "xerv.image" .) | quote }}
imagePullPolicy: {{ (.Values.image).pullPolicy | default "IfNotPresent" }}
{{- with .Values.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
command:
  - sh
  - -c
  - |
    {{- .Files.Get "files/test-health.sh" | trim | nindent 4 }}
env:
  - name: HEALTH_URL
    value: http://{{ include "xerv.fullname" . }}.{{ .Release.Namespace }}.svc:{{ include "xerv.apiPort" . }}/api/v1/health
  {{- if include "xerv.mesh.isIstioInjected" . }}
  - name: PROXY_STOP_URL
    value: http://localhost:15020/quitquitquit
  {{- else if include "xerv.mesh.isLinkerdInjected" . }}
  - name: PROXY_STOP_URL
    value: http://localhost:4191/shutdown
  {{- end }}
{{- with (.Values.tests).resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
