package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/factordesk/factordesk/internal/adapter/twilio"
	"github.com/factordesk/factordesk/internal/provider"
)

// providerMetrics tell how accounts at Twilio stood when it was asked last, as the
// database has it: whichever process asked. Accounts are named by the ids that they have
// here. They say nothing when the database does not answer.
type providerMetrics struct {
	list func(ctx context.Context, institutionID string) ([]provider.Row, error)
}

var (
	providerLabels = []string{"institution", "provider"}
	providerCheck  = prometheus.NewDesc("factordesk_provider_check",
		"How a check of an account at Twilio came out: 1 for the status that it has, 0 for the others.", append(providerLabels, "check", "status"), nil)
	providerBalance = prometheus.NewDesc("factordesk_provider_balance",
		"What is left in an account at Twilio, in its currency.", append(providerLabels, "currency"), nil)
	providerChecked = prometheus.NewDesc("factordesk_provider_checked_timestamp_seconds", "When Twilio was asked last.", providerLabels, nil)
)

// Describe implements prometheus.Collector.
func (m providerMetrics) Describe(ch chan<- *prometheus.Desc) {
	ch <- providerCheck
	ch <- providerBalance
	ch <- providerChecked
}

// Collect implements prometheus.Collector.
func (m providerMetrics) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	rows, err := m.list(ctx, "")
	if err != nil {
		return
	}
	for _, row := range rows {
		if row.Health != nil {
			collectHealth(ch, row, *row.Health)
		}
	}
}

// sendingMetrics tell how this process sends.
type sendingMetrics struct{ client *twilio.Client }

var (
	providerBreaker = prometheus.NewDesc("factordesk_provider_breaker_open",
		"Whether this process leaves an account at Twilio alone for a while, since it does not send: 1, or 0. Accounts through which it sent nothing yet are missing.",
		[]string{"provider"}, nil)
	sendsFailedOver = prometheus.NewDesc("factordesk_sends_failed_over_total",
		"Texts and calls that left, or may have left, by another account than the first that sends.", []string{"channel"}, nil)
)

// Describe implements prometheus.Collector.
func (m sendingMetrics) Describe(ch chan<- *prometheus.Desc) {
	ch <- providerBreaker
	ch <- sendsFailedOver
}

// Collect implements prometheus.Collector.
func (m sendingMetrics) Collect(ch chan<- prometheus.Metric) {
	for id, alone := range m.client.LeftAlone() {
		value := 0.0
		if alone {
			value = 1
		}
		ch <- prometheus.MustNewConstMetric(providerBreaker, prometheus.GaugeValue, value, id)
	}
	for channel, n := range m.client.FailedOver() {
		ch <- prometheus.MustNewConstMetric(sendsFailedOver, prometheus.CounterValue, float64(n), string(channel))
	}
}

func collectHealth(ch chan<- prometheus.Metric, row provider.Row, h provider.Health) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, append([]string{row.InstitutionID, row.ID}, labels...)...)
	}
	gauge(providerChecked, float64(h.CheckedAt.UnixMilli())/1000)
	if h.Balance != nil {
		gauge(providerBalance, float64(h.Balance.Hundredths)/100, h.Balance.Currency)
	}
	for _, c := range h.Checks {
		for _, status := range []provider.Status{provider.Pass, provider.Warning, provider.Fail, provider.Unknown} {
			value := 0.0
			if c.Status == status {
				value = 1
			}
			gauge(providerCheck, value, string(c.ID), string(status))
		}
	}
}
