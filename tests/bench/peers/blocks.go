// blocks.go: samples kept in the blocks of VictoriaMetrics
// SPDX-License-Identifier: GPL-3.0-or-later
//
// usage: blocks ROUNDS FILE...
//
// Each file is one signal, doubles, one a second. Prints nanoseconds of processor time a
// sample to pack and to unpack, bytes a sample, and the share of samples that came back
// as they were: these blocks hold decimals.

package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"math"
	"os"
	"sort"
	"strconv"

	"github.com/VictoriaMetrics/VictoriaMetrics/lib/decimal"
	"github.com/VictoriaMetrics/VictoriaMetrics/lib/encoding"
)

const (
	blockSamples  = 8192 // as the server has them
	precisionBits = 64
)

type block struct {
	times, values         []byte
	timesType, valuesType encoding.MarshalType
	firstTime, firstValue int64
	exponent              int16
	n                     int
}

func readSignal(path string) []float64 {
	raw, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	values := make([]float64, len(raw)/8)
	for i := range values {
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[i*8:]))
	}
	return values
}

// The times of all signals are the same, and packed for each, as a server of series does.
func pack(values []float64) []block {
	var blocks []block
	times := make([]int64, 0, blockSamples)

	for at := 0; at < len(values); at += blockSamples {
		end := at + blockSamples
		if end > len(values) {
			end = len(values)
		}
		times = times[:0]
		for i := at; i < end; i++ {
			times = append(times, int64(i)*1000)
		}
		b := block{n: end - at}
		var decimals []int64
		decimals, b.exponent = decimal.AppendFloatToDecimal(nil, values[at:end])
		b.values, b.valuesType, b.firstValue = encoding.MarshalValues(nil, decimals, precisionBits)
		b.times, b.timesType, b.firstTime = encoding.MarshalTimestamps(nil, times, precisionBits)
		blocks = append(blocks, b)
	}
	return blocks
}

func unpack(blocks []block) []float64 {
	var values []float64
	var decimals, times []int64

	for _, b := range blocks {
		var err error
		if decimals, err = encoding.UnmarshalValues(decimals[:0], b.values, b.valuesType, b.firstValue, b.n); err != nil {
			log.Fatal(err)
		}
		if times, err = encoding.UnmarshalTimestamps(times[:0], b.times, b.timesType, b.firstTime, b.n); err != nil {
			log.Fatal(err)
		}
		values = decimal.AppendDecimalToFloat(values, decimals, b.exponent)
	}
	return values
}

func median(values []float64) float64 {
	sort.Float64s(values)
	return values[len(values)/2]
}

func main() {
	rounds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var signals [][]float64
	samples := 0
	for _, path := range os.Args[2:] {
		signals = append(signals, readSignal(path))
		samples += len(signals[len(signals)-1])
	}

	var packs, unpacks []float64
	bytes, same := 0, 0
	for i := 0; i < rounds; i++ {
		var packed [][]block
		var unpacked [][]float64

		start := cpuSeconds()
		for _, values := range signals {
			packed = append(packed, pack(values))
		}
		middle := cpuSeconds()
		for _, blocks := range packed {
			unpacked = append(unpacked, unpack(blocks))
		}
		end := cpuSeconds()
		packs = append(packs, (middle-start)/float64(samples)*1e9)
		unpacks = append(unpacks, (end-middle)/float64(samples)*1e9)

		bytes, same = 0, 0
		for k, values := range signals {
			for _, b := range packed[k] {
				bytes += len(b.times) + len(b.values)
			}
			for n, value := range values {
				if unpacked[k][n] == value {
					same++
				}
			}
		}
	}
	fmt.Printf("%.4f %.4f %.4f %.4f\n", median(packs), median(unpacks), float64(bytes)/float64(samples), float64(same)/float64(samples))
}
