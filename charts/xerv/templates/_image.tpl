{{/* A tag may be a number in YAML. A digest decides alone, wherever it was written. */}}
{{- define "xerv.image" -}}
{{- $image := .Values.image | default dict -}}
{{- $tag := include "xerv.string" $image.tag -}}
{{- $repository := $image.repository | default "ghcr.io/ml-rust/xerv" -}}
{{- if regexMatch "^sha(256|512):" $tag -}}
{{ $repository }}@{{ $tag }}
{{- else if $image.digest -}}
{{ $repository }}{{ with $tag }}:{{ . }}{{ end }}@{{ $image.digest }}
{{- else -}}
{{ $repository }}:{{ $tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}
