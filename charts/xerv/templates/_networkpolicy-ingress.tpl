{{/* Who may talk to the pods; the user's own rules last. Probes of the kubelet need no rule. */}}
{{- define "xerv.networkPolicy.ingress" -}}
{{- $rules := list -}}
{{- range list "clients" "outside" "helpers" "raft" "metrics" "mesh" "ambient" -}}
{{- $rules = concat $rules (include (printf "xerv.networkPolicy.ingress.%s" .) $ | fromJsonArray) -}}
{{- end -}}
{{- $rules = concat $rules ((.Values.networkPolicy).ingress | default list) -}}
{{- include "xerv.networkPolicy.throughMesh" (list . "from" $rules) | fromJsonArray | toYaml -}}
{{- end -}}

{{/* What clients call: the API and extraPorts, by the numbers of the container. */}}
{{- define "xerv.networkPolicy.clientPorts" -}}
{{- $ports := include "xerv.network.ports" (list (include "xerv.apiPort" .)) | fromJsonArray -}}
{{- range .Values.extraPorts -}}
{{- $ports = append $ports (dict "protocol" (.protocol | default "TCP") "port" (.targetPort | default .port | int)) -}}
{{- end -}}
{{- toJson $ports -}}
{{- end -}}

{{- define "xerv.networkPolicy.ingress.clients" -}}
{{- $clients := include "xerv.network.namespaces" (.Values.networkPolicy.clients | default dict) | fromJsonArray -}}
{{- $controller := .Values.networkPolicy.ingressController | default dict -}}
{{- $entrances := dict "namespaces" (include "xerv.networkPolicy.entrances" . | fromJsonArray) "podLabels" $controller.podLabels -}}
{{- $peers := concat $clients (include "xerv.network.namespaces" $entrances | fromJsonArray) | uniq -}}
{{- include "xerv.networkPolicy.rule" (list "from" $peers (include "xerv.networkPolicy.clientPorts" . | fromJsonArray)) -}}
{{- end -}}

{{/* Namespaces of those who publish the API, as a JSON list; empty where nobody does. */}}
{{- define "xerv.networkPolicy.entrances" -}}
{{- $usual := list -}}
{{- if (.Values.ingress).enabled -}}
{{- $known := dict "" "ingress-nginx" "nginx" "ingress-nginx" "traefik" "traefik" "haproxy" "haproxy-controller" "contour" "projectcontour" "kong" "kong" "istio" "istio-system" "openshift-default" "openshift-ingress" -}}
{{- with get $known (.Values.ingress.className | default "") }}{{ $usual = append $usual . }}{{ end -}}
{{- end -}}
{{- if (.Values.httpRoute).enabled -}}
{{- range .Values.httpRoute.parentRefs }}{{ $usual = append $usual (.namespace | default $.Release.Namespace) }}{{ end -}}
{{- end -}}
{{- $virtual := ((.Values.serviceMesh).istio).virtualService | default dict -}}
{{- if and (eq (include "xerv.mesh.provider" .) "istio") $virtual.enabled -}}
{{- range include "xerv.istio.gateways" . | fromYamlArray -}}
{{- $usual = concat $usual (list "istio-system" (contains "/" . | ternary (splitList "/" . | first) $.Release.Namespace)) -}}
{{- end -}}
{{- end -}}
{{- if or (.Values.ingress).enabled (.Values.httpRoute).enabled $usual -}}
{{- $usual = (.Values.networkPolicy.ingressController).namespaces | default $usual -}}
{{- end -}}
{{- uniq $usual | toJson -}}
{{- end -}}

{{/* Behind NodePort and LoadBalancer nobody knows who calls: nodes put their own address in place. */}}
{{- define "xerv.networkPolicy.ingress.outside" -}}
{{- $rule := dict "ports" (include "xerv.networkPolicy.clientPorts" . | fromJsonArray) -}}
{{- include "xerv.isOutside" . | empty | ternary list (list $rule) | toJson -}}
{{- end -}}

{{/* The pod of `helm test`, and KEDA where a trigger asks XERV itself. */}}
{{- define "xerv.networkPolicy.ingress.helpers" -}}
{{- $peers := list -}}
{{- if (.Values.tests).enabled -}}
{{- $labels := (include "xerv.test.metadata" . | fromYaml).labels -}}
{{- $peers = append $peers (dict "podSelector" (dict "matchLabels" (pick $labels "app.kubernetes.io/name" "app.kubernetes.io/instance"))) -}}
{{- end -}}
{{- $asks := false -}}
{{- range (.Values.keda).extraTriggers }}{{ if eq .type "metrics-api" }}{{ $asks = true }}{{ end }}{{ end -}}
{{- if and (.Values.keda).enabled $asks -}}
{{- $peers = concat $peers (include "xerv.network.namespaces" (.Values.networkPolicy.keda | default dict) | fromJsonArray) -}}
{{- end -}}
{{- include "xerv.networkPolicy.rule" (list "from" $peers (include "xerv.network.ports" (list (include "xerv.apiPort" .)) | fromJsonArray)) -}}
{{- end -}}

{{- define "xerv.networkPolicy.ingress.raft" -}}
{{- include "xerv.networkPolicy.egress.raft" . | replace "\"to\":" "\"from\":" -}}
{{- end -}}

{{/*
Prometheus: at XERV's port, unless the sidecar serves XERV's metrics with its own; then XERV's port
is only for monitors that come with a certificate, or where the mesh makes an exception of it.
*/}}
{{- define "xerv.networkPolicy.ingress.metrics" -}}
{{- $metrics := .Values.metrics | default dict -}}
{{- $port := include "xerv.metrics.containerPort" . -}}
{{- $exceptions := (((.Values.serviceMesh).istio).peerAuthentication).portLevelMtls | default dict -}}
{{- $schemes := list ($metrics.serviceMonitor).scheme ($metrics.podMonitor).scheme -}}
{{- $isDirect := or (not (include "xerv.mesh.isIstioInjected" .)) (has "https" $schemes) (hasKey $exceptions $port) -}}
{{- $ports := list -}}
{{- if and (include "xerv.metrics.isEnabled" .) $isDirect }}{{ $ports = list $port }}{{ end -}}
{{- $peers := include "xerv.network.namespaces" (.Values.networkPolicy.prometheus | default dict) | fromJsonArray -}}
{{- include "xerv.networkPolicy.rule" (list "from" $peers (include "xerv.network.ports" $ports | fromJsonArray)) -}}
{{- end -}}

{{/*
Metrics and health of the proxy in the pod, for Prometheus and the mesh. At 15020 Istio's sidecar
serves XERV's metrics too.
*/}}
{{- define "xerv.networkPolicy.ingress.mesh" -}}
{{- $ports := get (dict "sidecar" (list 15020 15021 15090) "linkerd" (list 4191)) (include "xerv.network.mesh" .) -}}
{{- $mesh := dict "namespaces" (include "xerv.network.meshNamespaces" . | fromJsonArray) -}}
{{- $peers := include "xerv.network.namespaces" (.Values.networkPolicy.prometheus | default dict) | fromJsonArray -}}
{{- $peers = concat $peers (include "xerv.network.namespaces" $mesh | fromJsonArray) | uniq -}}
{{- include "xerv.networkPolicy.rule" (list "from" $peers (include "xerv.network.ports" ($ports | default list) | fromJsonArray)) -}}
{{- end -}}

{{/*
In ambient mode the kubelet's probes come from an address of Istio's own, which a policy does not take
for the node's, and requests from the waypoint that the label of the Service chooses.
*/}}
{{- define "xerv.networkPolicy.ingress.ambient" -}}
{{- $rules := list -}}
{{- if eq (include "xerv.network.mesh" .) "ambient" -}}
{{- $kubelet := dict "cidrs" (list "169.254.7.127/32" "fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128") -}}
{{- $ports := include "xerv.network.ports" (list (include "xerv.apiPort" .)) | fromJsonArray -}}
{{- $rules = append $rules (dict "from" (include "xerv.network.peers" $kubelet | fromJsonArray) "ports" $ports) -}}
{{- $labels := (.Values.service).labels | default dict -}}
{{- $waypoint := get $labels "istio.io/use-waypoint" -}}
{{- if not (has $waypoint (list "" "none")) -}}
{{- $where := get $labels "istio.io/use-waypoint-namespace" | default .Release.Namespace -}}
{{- $peers := dict "namespaces" (list $where) "podLabels" (dict "gateway.networking.k8s.io/gateway-name" $waypoint) -}}
{{- $rules = append $rules (dict "from" (include "xerv.network.namespaces" $peers | fromJsonArray) "ports" $ports) -}}
{{- end -}}
{{- end -}}
{{- toJson $rules -}}
{{- end -}}
