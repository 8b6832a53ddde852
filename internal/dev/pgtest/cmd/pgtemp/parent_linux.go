package main

import "syscall"

// endWithParent stops the server even when pgtemp is killed and can't do it.
func endWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGQUIT }
