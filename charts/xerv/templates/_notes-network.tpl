{{/* How the API is published, in words; empty where it is not. */}}
{{- define "xerv.notes.ways" -}}
{{- $ways := list -}}
{{- if (.Values.ingress).enabled }}{{ $ways = append $ways "its Ingress" }}{{ end -}}
{{- if (.Values.httpRoute).enabled }}{{ $ways = append $ways "its HTTPRoute" }}{{ end -}}
{{- if include "xerv.isOutside" . }}{{ $ways = append $ways (printf "its %s Service" .Values.service.type) }}{{ end -}}
{{- join " and " $ways -}}
{{- end -}}

{{- define "xerv.notes.addresses" -}}
{{- $ingress := .Values.ingress | default dict -}}
{{- $hosts := list -}}
{{- if $ingress.enabled -}}
{{- range $ingress.hosts -}}
{{- $host := kindIs "string" . | ternary . (kindIs "map" . | ternary . dict).host -}}
{{- $hosts = append $hosts (printf "%s://%s" ($ingress.tls | empty | ternary "http" "https") ($host | default "…")) -}}
{{- end -}}
{{- end -}}
{{- with $hosts }}
  From outside:
{{- range . }}
    {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.published" -}}
{{- with include "xerv.notes.ways" . }}
WARNING: the API is published by {{ . }}, and has no authentication: anyone who reaches it controls XERV.
Authenticate callers in front of it, or allow known addresses only.
{{- end }}
{{- if and (.Values.ingress).enabled (not .Values.ingress.hosts) }}
WARNING: the Ingress answers to every host name: set ingress.hosts.
{{- end }}
{{- if and (.Values.httpRoute).enabled (not .Values.httpRoute.parentRefs) }}
WARNING: the HTTPRoute names no Gateway, so nothing is published: set httpRoute.parentRefs.
{{- end }}
{{- end -}}

{{/*
Some container runtimes let nobody but root listen at a port below 1024. Whoever is not root gets
nothing of an added NET_BIND_SERVICE, unless the program in the image has file capabilities.
*/}}
{{- define "xerv.notes.warnings.lowPorts" -}}
{{- $pod := .Values.podSecurityContext | default dict -}}
{{- $capabilities := ((.Values.securityContext).capabilities).add | default list -}}
{{- $isRoot := eq (toString $pod.runAsUser) "0" -}}
{{- $dropped := ((.Values.securityContext).capabilities).drop | default list -}}
{{- $holds := or (has "NET_BIND_SERVICE" $capabilities) (has "ALL" $capabilities) (not (or (has "NET_BIND_SERVICE" $dropped) (has "ALL" $dropped))) -}}
{{- $mayListen := or (and $isRoot $holds) $pod.sysctls -}}
{{- $low := list -}}
{{- range include "xerv.takenPorts" . | fromJsonArray -}}
{{- if and (eq .of "server") (lt (splitList "/" .key | first | int) 1024) }}{{ $low = append $low (printf "%s (%s)" .setting .key) }}{{ end -}}
{{- end -}}
{{- if and $low (not $mayListen) }}
{{ join ", " $low }}: a port below 1024, on which XERV may not be allowed to listen.
{{- end }}
{{- end -}}

{{- define "xerv.notes.warnings.networkPolicy" -}}
{{- if and (.Values.networkPolicy).enabled (.Values.ingress).enabled (not (include "xerv.networkPolicy.entrances" . | fromJsonArray)) }}
the namespace of the ingress controller of class {{ .Values.ingress.className }} is unknown: set networkPolicy.ingressController.namespaces.
{{- end }}
{{- end -}}

{{- define "xerv.notes.networkPolicy" -}}
{{- $policy := .Values.networkPolicy | default dict -}}
{{- if $policy.enabled }}
{{- $server := get (.Values.dispatch | default dict) (include "xerv.backend" .) | default dict -}}
{{- $own := $policy.backendServers | default dict }}

NetworkPolicy: only what networkPolicy names gets in or out, if the cluster's network plugin enforces policies.
{{- if include "xerv.isOutside" . }}
The {{ .Values.service.type }} Service lets everyone in on its ports: the nodes hide the caller.
{{- end }}
{{- if and $server.existingSecret (not $own.namespaces) (not $own.cidrs) }}
The URL of {{ include "xerv.backend" . }} is in a Secret: its port is open to every address until networkPolicy.backendServers is set.
{{- end }}
{{- $labels := list -}}
{{- range concat ($policy.ingress | default list) ($policy.egress | default list) -}}
{{- range concat (.from | default list) (.to | default list) -}}
{{- with ((.namespaceSelector).matchLabels).name }}{{ $labels = append $labels . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- range uniq $labels }}
A rule selects a namespace by the label name={{ . }}, which Kubernetes does not set: kubectl label namespace {{ . }} name={{ . }}
{{- end }}
{{- end }}
{{- end -}}
