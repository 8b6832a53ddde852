package words

var spanish = Words{
	Locale: "es-US",

	CodeText:      "%s: %s es su código. No se lo dé a nadie que le llame o le escriba.",
	CodeSpoken:    "Su código es %s.",
	CodeSubject:   "Su código de %s",
	InsteadOfText: "En producción habría llegado a su teléfono por mensaje de texto.",
	InsteadOfCall: "En producción habría llegado a su teléfono por llamada.",

	Notices: map[string]string{
		"CODES_MADE":          "Se han creado códigos de respaldo para entrar en su cuenta.",
		"CODES_REVOKED":       "Se han anulado los códigos de respaldo para entrar en su cuenta.",
		"BACKUP_CODE_USED":    "Se ha usado un código de respaldo para entrar en su cuenta.",
		"NUMBER_TYPE_CHANGED": "Ha cambiado la forma en que sus códigos llegan a uno de sus teléfonos.",
		"FACTOR_PAUSED":       "Alguien que conoce su contraseña ha introducido códigos incorrectos para su cuenta.",
		"AUTHENTICATOR_ADDED": "Se ha añadido una aplicación de autenticación para entrar en su cuenta.",
		"DEVICE_REMOVED":      "Se ha eliminado un dispositivo con el que se entraba en su cuenta.",
		"DEVICE_RESET":        "Nuestro servicio de ayuda ha quitado uno de sus dispositivos de su cuenta. Ya no sirve para entrar.",
		"PAUSE_LIFTED":        "Nuestro servicio de ayuda ha permitido probar códigos otra vez en su cuenta, tras varios incorrectos.",
		"PASSWORD_CHANGED":    "Se ha cambiado la contraseña de su cuenta.",
	},
	Advice:        "¿No ha sido usted? Llámenos enseguida.",
	AdviceNumber:  "¿No ha sido usted? Llámenos enseguida al %s.",
	NoticeSubject: "%s: un cambio en la seguridad de su cuenta",
	NoticeEnd:     "Si ha sido usted, no tiene que hacer nada. Nunca le pedimos sus códigos.",

	TextTo:     "Mensaje de texto al %s",
	CallTo:     "Llamada al %s",
	MailTo:     "Correo a %s",
	AppCode:    "Código de %s",
	AnyApp:     "su aplicación de autenticación",
	BackupCode: "Código de respaldo",
}
