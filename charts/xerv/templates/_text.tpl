{{/*
A scalar as text. Only toJson prints numbers of a million and more without an exponent.
*/}}
{{- define "xerv.string" -}}
{{- if kindIs "string" . }}{{ . }}{{ else if not (kindIs "invalid" .) }}{{ toJson . }}{{ end -}}
{{- end -}}

{{/* Maps as one YAML map from text to text; of a key that several have, the first one counts. */}}
{{- define "xerv.stringMap" -}}
{{- $all := dict -}}
{{- range $map := . -}}
{{- range $key, $value := $map -}}
{{- if not (hasKey $all $key) }}{{ $_ := set $all $key (include "xerv.string" $value) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- if $all }}{{ toYaml $all }}{{ end -}}
{{- end -}}

{{/*
Two lists of maps as one YAML list without two entries of the same key (helm 4 refuses such):
(dict "key" "name" "ours" … "theirs" …). Of two with the same key the user's, and of the user's
own the last, is kept.
*/}}
{{- define "xerv.mergeLists" -}}
{{- $key := .key -}}
{{- $last := dict -}}
{{- range $i, $entry := .theirs }}{{ $_ := set $last (get $entry $key) $i }}{{ end -}}
{{- $merged := list -}}
{{- range .ours -}}
{{- if not (hasKey $last (get . $key)) }}{{ $merged = append $merged . }}{{ end -}}
{{- end -}}
{{- range $i, $entry := .theirs -}}
{{- if eq $i (get $last (get $entry $key)) }}{{ $merged = append $merged $entry }}{{ end -}}
{{- end -}}
{{- if $merged }}{{ toYaml $merged }}{{ end -}}
{{- end -}}
