// clock.go: what the programs of this folder have in common
// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"fmt"
	"log"
	"os"
	"strconv"
	"syscall"
)

// Processor time of the whole process, the garbage collector's threads included, in seconds.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) * 1e-9
}

// PROGRAM ROUNDS BODY...: reads the bodies in turn by parse, which returns the number of its
// samples, and prints nanoseconds a sample and the samples of a body.
func timeParser(parse func(body []byte) int) {
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var bodies [][]byte
	for _, path := range os.Args[2:] {
		body, err := os.ReadFile(path)
		if err != nil {
			log.Fatal(err)
		}
		bodies = append(bodies, body)
	}

	for i := 0; i < rounds/10+1; i++ {
		parse(bodies[i%len(bodies)])
	}
	samples := 0
	start := cpuSeconds()
	for i := 0; i < rounds; i++ {
		samples += parse(bodies[i%len(bodies)])
	}
	fmt.Printf("%.4f %d\n", (cpuSeconds()-start)/float64(samples)*1e9, samples/rounds)
}
