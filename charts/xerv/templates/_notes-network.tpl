{{/* Where the API is published, and what a NetworkPolicy does not do by itself. */}}
{{- define "xerv.notes.network" -}}
{{- $ways := list -}}
{{- if (.Values.ingress).enabled }}{{ $ways = append $ways "its Ingress" }}{{ end -}}
{{- if (.Values.httpRoute).enabled }}{{ $ways = append $ways "its HTTPRoute" }}{{ end -}}
{{- if include "xerv.isOutside" . }}{{ $ways = append $ways (printf "its %s Service" .Values.service.type) }}{{ end -}}
{{- if $ways }}
WARNING: the API is published by {{ join " and " $ways }}, and has no authentication: whoever gets there controls XERV.
Let what stands before it ask for a login, or let in known addresses only.
{{- end }}
{{- include "xerv.notes.published" . }}
{{- include "xerv.notes.lowPorts" . }}
{{- if (.Values.networkPolicy).enabled }}
{{- include "xerv.notes.networkPolicy" . }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.published" -}}
{{- $ingress := .Values.ingress | default dict -}}
{{- $route := .Values.httpRoute | default dict -}}
{{- if $ingress.enabled }}
{{- range $ingress.hosts }}
{{- $host := kindIs "string" . | ternary . (kindIs "map" . | ternary . dict).host }}
  {{ $ingress.tls | empty | ternary "http" "https" }}://{{ $host | default "…" }}
{{- else }}
The Ingress answers to every host name: set ingress.hosts.
{{- end }}
{{- end }}
{{- if and $route.enabled (not $route.parentRefs) }}
WARNING: the HTTPRoute belongs to no Gateway, so nothing is published: set httpRoute.parentRefs.
{{- end }}
{{- end -}}

{{/* Some container runtimes let nobody but root listen at a port below 1024. */}}
{{- define "xerv.notes.lowPorts" -}}
{{- $pod := .Values.podSecurityContext | default dict -}}
{{- $capabilities := ((.Values.securityContext).capabilities).add | default list -}}
{{- $isRoot := eq (toString $pod.runAsUser) "0" -}}
{{- $mayListen := or $isRoot (has "NET_BIND_SERVICE" $capabilities) $pod.sysctls -}}
{{- $low := list -}}
{{- range include "xerv.takenPorts" . | fromJsonArray -}}
{{- if and (eq .of "server") (lt (splitList "/" .key | first | int) 1024) }}{{ $low = append $low (printf "%s (%s)" .setting .key) }}{{ end -}}
{{- end -}}
{{- if and $low (not $mayListen) }}
WARNING: {{ join ", " $low }}: a port below 1024, at which XERV, which is not root, may not be let listen.
{{- end }}
{{- end -}}

{{- define "xerv.notes.networkPolicy" -}}
{{- $policy := .Values.networkPolicy -}}
{{- $server := get (.Values.dispatch | default dict) (include "xerv.backend" .) | default dict -}}
{{- $own := $policy.backendServers | default dict }}
NetworkPolicy: only what is named in networkPolicy gets in or out, where the cluster's network plugin enforces policies.
{{- if include "xerv.isOutside" . }}
The {{ .Values.service.type }} Service lets everybody in at its ports: the nodes hide who calls.
{{- end }}
{{- if and (.Values.ingress).enabled (not (include "xerv.networkPolicy.entrances" . | fromJsonArray)) }}
WARNING: nobody knows here where the ingress controller of class {{ .Values.ingress.className }} is: set networkPolicy.ingressController.namespaces.
{{- end }}
{{- if and $server.existingSecret (not $own.namespaces) (not $own.cidrs) }}
The URL of {{ include "xerv.backend" . }} is in a Secret: its port is open to everywhere until networkPolicy.backendServers says where it is.
{{- end }}
{{- $labels := list -}}
{{- range concat ($policy.ingress | default list) ($policy.egress | default list) -}}
{{- range concat (.from | default list) (.to | default list) -}}
{{- with ((.namespaceSelector).matchLabels).name }}{{ $labels = append $labels . }}{{ end -}}
{{- end -}}
{{- end -}}
{{- range uniq $labels }}
A rule asks for a namespace with the label name={{ . }}, which Kubernetes does not set: kubectl label namespace {{ . }} name={{ . }}
{{- end }}
{{- end -}}
