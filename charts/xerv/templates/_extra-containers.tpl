{{/* What stands in the pod beside XERV, and how the pod is wired; all of it as Kubernetes has it. */}}
{{- define "xerv.podExtras" -}}
{{- range $key := list "dnsPolicy" "runtimeClassName" "schedulerName" -}}
{{- with get $.Values $key }}
{{ $key }}: {{ . | quote }}
{{- end -}}
{{- end -}}
{{- range $key := list "dnsConfig" "hostAliases" -}}
{{- with get $.Values $key }}
{{ $key }}:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}
{{- with .Values.initContainers }}
initContainers:
  {{- tpl (toYaml .) $ | nindent 2 }}
{{- end -}}
{{- end -}}

{{- define "xerv.extraContainers" -}}
{{- with .Values.extraContainers }}
{{- tpl (toYaml .) $ -}}
{{- end -}}
{{- end -}}

{{/* Kubernetes refuses two containers of one name in a pod; init containers count with the others. */}}
{{- define "xerv.requirements.containers" -}}
{{- $seen := dict "xerv" true -}}
{{- range $key := list "initContainers" "extraContainers" -}}
{{- range get $.Values $key | default list -}}
{{- if hasKey $seen .name }}
{{ $key }} has a container {{ .name }}, of which name there is another one in the pod: give it a name of its own.
{{- end -}}
{{- $_ := set $seen .name true -}}
{{- end -}}
{{- end -}}
{{- end -}}
