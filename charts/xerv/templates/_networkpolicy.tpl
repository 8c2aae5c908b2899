{{/*
The rules as a JSON list, (list $ "from" rules). Members of a mesh connect to another port than the one that
they ask for: Linkerd's proxies to 4143 (since 2.18 for all ports), ambient ones to 15008. So whoever
may have a port may have that one.
*/}}
{{- define "xerv.networkPolicy.throughMesh" -}}
{{- $direction := index . 1 -}}
{{- $tunnel := get (dict "linkerd" 4143 "ambient" 15008) (include "xerv.network.mesh" (index . 0)) -}}
{{- $rules := list -}}
{{- range $rule := index . 2 -}}
{{- $peers := get $rule $direction | default list -}}
{{- $inside := and (empty $peers) (eq $direction "from") -}}
{{- range $peers }}{{ if not (hasKey . "ipBlock") }}{{ $inside = true }}{{ end }}{{ end -}}
{{- if and $tunnel $inside $rule.ports -}}
{{- $ports := append $rule.ports (dict "protocol" "TCP" "port" $tunnel) -}}
{{- $rule = merge (dict "ports" $ports) $rule -}}
{{- end -}}
{{- $rules = append $rules $rule -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}

{{/*
A JSON list of one rule, (list direction peers ports), or of none: without a peer it would let
everybody through, and without a port everything.
*/}}
{{- define "xerv.networkPolicy.rule" -}}
{{- $peers := index . 1 -}}
{{- $ports := index . 2 -}}
{{- if and $peers $ports }}{{ list (dict (index . 0) $peers "ports" $ports) | toJson }}{{ else }}[]{{ end -}}
{{- end -}}
