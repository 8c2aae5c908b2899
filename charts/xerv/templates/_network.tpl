{{- define "xerv.requirements.network" -}}
{{- end -}}
