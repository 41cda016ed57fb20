// Names h2spec as what this module is for, so that its version is pinned here.
//go:build tools

package tools

import _ "github.com/summerwind/h2spec/cmd/h2spec"
