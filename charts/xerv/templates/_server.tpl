{{- define "xerv.backend" -}}
{{- (.Values.dispatch).backend | default "memory" -}}
{{- end -}}

{{/* Truthy (not empty) for raft, the one backend whose pods have an identity. */}}
{{- define "xerv.isRaft" -}}
{{- if eq (include "xerv.backend" .) "raft" }}true{{ end -}}
{{- end -}}

{{/* `default` would take the 0 of a release that is switched off for "not set". */}}
{{- define "xerv.replicas" -}}
{{- kindIs "invalid" .Values.replicaCount | ternary 1 .Values.replicaCount | int64 -}}
{{- end -}}

{{- define "xerv.apiPort" -}}
{{- (.Values.server).apiPort | default 8080 | int64 -}}
{{- end -}}

{{- define "xerv.grpcPort" -}}
{{- (.Values.server).grpcPort | default 5000 | int64 -}}
{{- end -}}

{{- define "xerv.host" -}}
{{- (.Values.server).host | default "0.0.0.0" -}}
{{- end -}}

{{/*
Command and arguments. XERV takes its port from the flag only. With raft a few lines of shell
work out the node id and the peers, see files/raft-start.sh.
*/}}
{{- define "xerv.command" -}}
{{- if .Values.command }}
command:
  {{- toYaml .Values.command | nindent 2 }}
{{- else if include "xerv.isRaft" . }}
command:
  - sh
  - -c
  - |
    {{- .Files.Get "files/raft-start.sh" | trim | nindent 4 }}
  - xerv
{{- end }}
args:
  {{- .Values.args | default (list "serve" "--host" (include "xerv.host" .) "--port" (include "xerv.apiPort" .)) | toYaml | nindent 2 }}
{{- end -}}
