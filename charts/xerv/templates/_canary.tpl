{{- define "xerv.canaryName" -}}
{{- $suffix := ((.Values.serviceMesh.linkerd).trafficSplit.canary).canarySuffix | default "-canary" -}}
{{- include "xerv.cut" (list (include "xerv.fullname" .) (sub 63 (len $suffix) | int)) }}{{ $suffix -}}
{{- end -}}

{{/*
Makes $ speak of the canary: (include "xerv.canary" (list $ "template")) gives that template with
another image, with the label app.kubernetes.io/name of its own, since the selectors of the stable
workload and its Service must not find the canary's pods, and without the claim of the stable pods.
Names of what the canary shares, such as Secrets, stay those of the release.
*/}}
{{- define "xerv.canary" -}}
{{- $root := index . 0 -}}
{{- $canary := $root.Values.serviceMesh.linkerd.trafficSplit.canary | default dict -}}
{{- $image := deepCopy ($root.Values.image | default dict) -}}
{{- with $canary.image -}}
{{- if or .repository (include "xerv.string" .tag) .digest -}}
{{- /* The digest of the stable image would decide over a tag of the canary's. */ -}}
{{- $_ := unset $image "digest" -}}
{{- end -}}
{{- range $key := list "repository" "tag" "digest" -}}
{{- with get $canary.image $key }}{{ $_ := set $image $key . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $values := merge (dict
  "image" $image
  "persistence" (dict "enabled" false)
  "podLabels" (merge (dict "xerv.io/track" "canary") ($root.Values.podLabels | default dict))
  ) (omit $root.Values "image" "persistence" "podLabels") -}}
{{- $service := merge (dict "type" "ClusterIP") ($root.Values.service | default dict) -}}
{{- $_ := set $values "service" $service -}}
{{- $track := $canary.canarySuffix | default "-canary" -}}
{{- include (index . 1) (merge (dict "Values" $values "track" $track) (omit $root "Values")) -}}
{{- end -}}

{{/* metadata of the canary's own objects; $ must speak of the canary. */}}
{{- define "xerv.canaryMetadata" -}}
{{- include "xerv.metadata" (dict "root" . "name" (include "xerv.canaryName" .) "labels" (dict "xerv.io/track" "canary")) -}}
{{- end -}}

{{/* Selects the pods or Services of this release, and those of its canary where it has one. */}}
{{- define "xerv.everySelector" -}}
{{- $labels := include "xerv.selectorLabels" . | fromYaml -}}
{{- if include "xerv.linkerd.isSplit" . -}}
{{- $key := "app.kubernetes.io/name" -}}
{{- $canary := include "xerv.canary" (list . "xerv.selectorLabels") | fromYaml -}}
matchLabels:
  {{- omit $labels $key | toYaml | nindent 2 }}
matchExpressions:
  - key: {{ $key }}
    operator: In
    values:
      - {{ get $labels $key | quote }}
      - {{ get $canary $key | quote }}
{{- else -}}
matchLabels:
  {{- toYaml $labels | nindent 2 }}
{{- end -}}
{{- end -}}
