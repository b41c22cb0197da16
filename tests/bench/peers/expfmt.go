// expfmt.go: bodies read by Prometheus' library for programs
// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"bytes"
	"log"

	"github.com/prometheus/common/expfmt"
)

func main() {
	timeParser(func(body []byte) int {
		var parser expfmt.TextParser
		families, err := parser.TextToMetricFamilies(bytes.NewReader(body))
		if err != nil {
			log.Fatal(err)
		}
		samples := 0
		for _, family := range families {
			for _, metric := range family.Metric {
				if histogram := metric.GetHistogram(); histogram != nil {
					samples += len(histogram.Bucket) + 2
				} else {
					samples++
				}
			}
		}
		return samples
	})
}
