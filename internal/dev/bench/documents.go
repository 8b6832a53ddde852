package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// The documents that the clients send.
const (
	profileDocument = `query Profile($id: ID!) {
  user(id: $id) {
    id kind status email firstName lastName createdAt
    devices {
      __typename id label isDefault addedAt confirmedAt lastUsedAt disabledAt
      ... on PhoneDevice {
        phoneNumber numberType detectedNumberType numberTypeOverride { numberType reason at }
        communicationMethod carrier callerIdExpectation
      }
      ... on EmailDevice { address }
    }
    backupCodes { total remaining generatedAt expiresAt purpose codes { status usedAt } }
    notificationHistory(source: LOG) {
      unavailableReason asOf stale staleReason
      messages(first: 20) {
        nodes { sid date status body from to kind error { code title explanation whoCanFix remedy docsUrl } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`
	pageDocument = `query Page($after: String) {
  users(kind: CUSTOMER, first: 50, after: $after) {
    nodes {
      id kind status email firstName lastName createdAt
      devices {
        __typename id label isDefault disabledAt
        ... on PhoneDevice { phoneNumber numberType communicationMethod }
        ... on EmailDevice { address }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`
	signInDocument = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { challenge { id step options { id kind label } expiresAt } } }`
	resetDocument      = `mutation Reset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested } }`
	sendCodeDocument   = `mutation SendCode($input: SendCodeInput!) { sendCode(input: $input) { retryAfterSeconds expiresAt } }`
	verifyCodeDocument = `mutation VerifyCode($input: VerifyCodeInput!) {
  verifyCode(input: $input) { viewer { user { id email } permissions } challenge { id } } }`
	prepareDocument = `mutation Prepare($input: PrepareBackupCodesInput!) {
  prepareBackupCodes(input: $input) { confirmation { token expiresAt warning voidsCodes } } }`
	generateDocument = `mutation Generate($input: GenerateBackupCodesInput!) {
  generateBackupCodes(input: $input) { codes expiresAt instructions } }`
)

// The hosts that the clients are served from, and what says so.
const (
	adminHost   = "admin.bench.example"
	bankingHost = "banking.bench.example"
	staffCookie = "__Host-fd_staff"
)

// post returns a GraphQL request as it goes over the wire. A customer has no
// cookie here, so without a token the request is one of the banking client.
func post(document, token string, variables map[string]any) []byte {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		panic(err) // strings always marshal
	}
	host, client := bankingHost, "banking"
	if token != "" {
		host, client = adminHost, "admin"
	}
	return wire("POST", "/graphql", host, token, string(body), "Content-Type: application/json", "Factordesk-Client: "+client)
}

// get returns a request to the baseline as it goes over the wire.
func get(path, token string) []byte { return wire("GET", path, adminHost, token, "") }

func wire(method, path, host, token, body string, headers ...string) []byte {
	headers = append(headers, "User-Agent: bench", "Accept: application/json")
	if token != "" {
		headers = append(headers, "Cookie: "+staffCookie+"="+token)
	}
	if body != "" {
		headers = append(headers, fmt.Sprintf("Content-Length: %d", len(body)))
	}
	return fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n%s", method, path, host, strings.Join(headers, "\r\n"), body)
}
