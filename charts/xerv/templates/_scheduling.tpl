{{- define "xerv.scheduling" -}}
{{- with include "xerv.affinity" . }}
affinity:
  {{- . | nindent 2 }}
{{- end }}
{{- with .Values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- $selector := dict "labelSelector" (dict "matchLabels" (include "xerv.selectorLabels" $ | fromYaml)) }}
  {{- range . }}
  - {{ hasKey . "labelSelector" | ternary . (merge (deepCopy .) $selector) | toYaml | indent 4 | trim }}
  {{- end }}
{{- end }}
{{- with include "xerv.stringMap" (list .Values.nodeSelector) }}
nodeSelector:
  {{- . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* The user's affinity, with our rule between the pods where he has none of his own. */}}
{{- define "xerv.affinity" -}}
{{- $affinity := .Values.affinity | default dict -}}
{{- $rule := .Values.podAntiAffinity | default dict -}}
{{- $term := dict
  "topologyKey" ($rule.topologyKey | default "kubernetes.io/hostname")
  "labelSelector" (dict "matchLabels" (include "xerv.selectorLabels" . | fromYaml)) -}}
{{- $ours := dict -}}
{{- if eq ($rule.type | default "none") "required" -}}
{{- $ours = dict "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term)) -}}
{{- else if eq ($rule.type | default "none") "preferred" -}}
{{- $ours = dict "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term))) -}}
{{- end -}}
{{- $all := hasKey $affinity "podAntiAffinity" | ternary $affinity (merge (deepCopy $affinity) $ours) -}}
{{- if $all }}{{ toYaml $all }}{{ end -}}
{{- end -}}
