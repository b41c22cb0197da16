// victoria.go: bodies read by VictoriaMetrics' parser
// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"github.com/VictoriaMetrics/VictoriaMetrics/lib/bytesutil"
	"github.com/VictoriaMetrics/VictoriaMetrics/lib/protoparser/prometheus"
)

func main() {
	var rows prometheus.Rows

	timeParser(func(body []byte) int {
		rows.Unmarshal(bytesutil.ToUnsafeString(body))
		return len(rows.Rows)
	})
}
