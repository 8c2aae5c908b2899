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
  {{- with .Values.podSecurityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
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
