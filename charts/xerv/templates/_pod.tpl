{{/*
The security context of pods. OpenShift chooses user and group by itself and refuses others: there
the chart's own are left out.
*/}}
{{- define "xerv.podSecurityContext" -}}
{{- $context := deepCopy (.Values.podSecurityContext | default dict) -}}
{{- if .Capabilities.APIVersions.Has "security.openshift.io/v1" -}}
{{- range list "runAsUser" "fsGroup" -}}
{{- if eq (get $context . | toString) "1000" }}{{ $context = omit $context . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if $context }}{{ toYaml $context }}{{ end -}}
{{- end -}}

{{- define "xerv.pod" -}}
metadata:
  {{- include "xerv.podMetadata" . | nindent 2 }}
spec:
  serviceAccountName: {{ include "xerv.serviceAccountName" . | quote }}
  automountServiceAccountToken: {{ (.Values.serviceAccount).automount | default false }}
  # A Service named xerv-… would otherwise add XERV_… variables to the server's own.
  enableServiceLinks: false
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with include "xerv.podSecurityContext" . }}
  securityContext:
    {{- . | nindent 4 }}
  {{- end }}
  {{- if not (kindIs "invalid" .Values.terminationGracePeriodSeconds) }}
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds | int64 }}
  {{- end }}
  {{- include "xerv.scheduling" . | trim | nindent 2 }}
  {{- with include "xerv.podExtras" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - {{ include "xerv.container" . | indent 6 | trim }}
    {{- with include "xerv.extraContainers" . }}
    {{- . | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "xerv.volumes" . | nindent 4 }}
{{- end -}}
