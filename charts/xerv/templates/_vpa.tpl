{{/*
Auto is deprecated and means Recreate. A resize in place needs Kubernetes 1.33; before, it always
ends in a new pod, which is Recreate too.
*/}}
{{- define "xerv.vpa.updateMode" -}}
{{- $mode := .Values.vpa.updateMode | default "Recreate" -}}
{{- if eq $mode "Auto" }}Recreate
{{- else if and (eq $mode "InPlaceOrRecreate") (semverCompare "<1.33-0" .Capabilities.KubeVersion.Version) }}Recreate
{{- else }}{{ $mode }}
{{- end -}}
{{- end -}}

{{/*
The policies, the one for * made one of XERV's container: a proxy whose requests are changed would
have the pod replaced again and again. A container that the user names keeps what he says.
*/}}
{{- define "xerv.vpa.containerPolicies" -}}
{{- $policies := list -}}
{{- $named := list -}}
{{- range .Values.vpa.containerPolicies }}{{ $named = append $named .containerName }}{{ end -}}
{{- $ownStar := has "xerv" $named -}}
{{- range .Values.vpa.containerPolicies -}}
{{- $name := and (eq .containerName "*") (not $ownStar) | ternary "xerv" .containerName -}}
{{- $policies = append $policies (include "xerv.vpa.policy" (list $ . $name) | fromYaml) -}}
{{- end -}}
{{- range list "istio-proxy" "linkerd-proxy" -}}
{{- if not (has . $named) }}{{ $policies = append $policies (dict "containerName" . "mode" "Off") }}{{ end -}}
{{- end -}}
{{- if and (has "*" $named) (not $ownStar) -}}
{{- $policies = append $policies (dict "containerName" "*" "mode" "Off") -}}
{{- end -}}
{{- toYaml $policies -}}
{{- end -}}

{{/* One policy without the resources that horizontal scaling follows: both would chase each other. */}}
{{- define "xerv.vpa.policy" -}}
{{- $root := index . 0 -}}
{{- $policy := merge (dict "containerName" (index . 2)) (deepCopy (index . 1)) -}}
{{- range $key := list "minAllowed" "maxAllowed" -}}
{{- with get $policy $key }}{{ $_ := set $policy $key (include "xerv.stringMap" (list .) | fromYaml) }}{{ end -}}
{{- end -}}
{{- $taken := include "xerv.scaledResources" $root | splitList " " -}}
{{- if and (ne (include "xerv.vpa.updateMode" $root) "Off") (or (has "cpu" $taken) (has "memory" $taken)) -}}
{{- $left := list -}}
{{- range $policy.controlledResources | default (list "cpu" "memory") -}}
{{- if not (has . $taken) }}{{ $left = append $left . }}{{ end -}}
{{- end -}}
{{- $policy = $left | empty | ternary (dict "containerName" $policy.containerName "mode" "Off") (merge (dict "controlledResources" $left) (omit $policy "controlledResources")) -}}
{{- end -}}
{{- toYaml $policy -}}
{{- end -}}
