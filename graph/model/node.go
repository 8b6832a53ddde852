package model

// Node is any object that has a global id: a user.User, or a device.
type Node any
