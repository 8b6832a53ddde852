package message

var spanish = Words{
	Locale: "es-US",

	CodeText:      "%s: %s es su código. No se lo dé a nadie que le llame o le escriba.",
	TestText:      "Esto es una prueba. Nuestros mensajes de texto le llegan.",
	CodeSpoken:    "Su código es %s.",
	CodeSubject:   "Su código de %s",
	InsteadOfText: "En producción habría llegado a su teléfono por mensaje de texto.",
	InsteadOfCall: "En producción habría llegado a su teléfono por llamada.",

	Notices: map[string]string{ //nolint:gosec // sentences, no credentials
		"CODES_MADE":           "Se han creado códigos de respaldo para entrar en su cuenta.",
		"CODES_REVOKED":        "Se han anulado los códigos de respaldo para entrar en su cuenta.",
		"BACKUP_CODE_USED":     "Se ha usado un código de respaldo para entrar en su cuenta.",
		"NUMBER_TYPE_CHANGED":  "Ha cambiado la forma en que sus códigos llegan a uno de sus teléfonos.",
		"FACTOR_PAUSED":        "Alguien que conoce su contraseña ha introducido códigos incorrectos para su cuenta.",
		"FACTOR_OFF":           "Tras muchos códigos incorrectos, uno de sus dispositivos queda desactivado hasta que se configure de nuevo.",
		"FACTOR_OFF_ELSEWHERE": "Tras muchos códigos incorrectos, uno de sus dispositivos ya no sirve para entrar desde navegadores que no ha usado antes.",
		"MANY_WRONG_PASSWORDS": "Alguien ha introducido muchas contraseñas incorrectas para su cuenta.",
		"MANY_CODES_ASKED":     "Alguien que conoce su contraseña ha pedido muchos códigos, en un navegador con el que usted no ha entrado.",
		"AUTHENTICATOR_ADDED":  "Se ha añadido una aplicación de autenticación para entrar en su cuenta.",
		"REGISTERED":           "Su correo electrónico se registró para la banca en línea. Entre para terminar de preparar su cuenta.",
		"REGISTERED_AGAIN":     "Su correo electrónico se registró otra vez para la banca en línea. Ya tiene una cuenta, y nada ha cambiado.",
		"DEVICE_ADDED":         "Se ha añadido un dispositivo para entrar en su cuenta.",
		"DEVICE_REMOVED":       "Se ha eliminado un dispositivo con el que se entraba en su cuenta.",
		"DEVICE_RESET":         "Nuestro servicio de ayuda ha quitado uno de sus dispositivos de su cuenta. Ya no sirve para entrar.",
		"DEVICE_RESTORED":      "Nuestro servicio de ayuda ha permitido que uno de sus dispositivos sirva de nuevo para entrar.",
		"PAUSE_LIFTED":         "Nuestro servicio de ayuda ha permitido probar códigos otra vez en su cuenta, tras varios incorrectos.",
		"PASSWORD_CHANGED":     "Se ha cambiado la contraseña de su cuenta.",
		"SESSIONS_ENDED":       "Se ha cerrado la sesión de su cuenta en otros navegadores.",
		"ACCOUNT_FROZEN":       "Los dispositivos de su cuenta no se pueden cambiar hasta que haya hablado con nosotros.",
		"ACCOUNT_UNFROZEN":     "Nuestro servicio de ayuda ha permitido de nuevo cambiar los dispositivos de su cuenta.",
		"ACCOUNT_CLOSED":       "Su cuenta se ha cerrado. Ya nadie puede iniciar sesión en ella.",
	},
	Advice:        "¿No ha sido usted? Llámenos enseguida.",
	AdviceNumber:  "¿No ha sido usted? Llámenos enseguida al %s.",
	NoticeSubject: "%s: un cambio en la seguridad de su cuenta",
	NoticeEnd:     "Si ha sido usted, no tiene que hacer nada. Nunca le pedimos sus códigos.",

	NotYou: "Si no ha sido usted, puede proteger su cuenta aquí mismo, también cuando no pueda llamar:\n%s\n" +
		"La página pregunta antes de hacer nada. El enlace es solo para usted y sirve durante 7 días.",
	Call:       "Llámenos.",
	CallNumber: "Llámenos al %s.",
	FrozenEnd:  "Antes de volver a entrar, pida una contraseña nueva donde inicia sesión. Nunca le pedimos sus códigos.",

	Page: NotYouPage{
		Ask:       "¿No ha sido usted?",
		AskText:   "Le hemos escrito sobre un cambio en la seguridad de su cuenta. Si usted no lo ha hecho ni lo ha pedido, proteja su cuenta ahora.",
		DoesTitle: "El botón hace esto al momento:",
		Does: []string{
			"Cierra su sesión en todas partes, y también la de cualquier otra persona.",
			"Los códigos enviados y los códigos de respaldo que queden dejan de servir.",
			"Los dispositivos añadidos en la semana anterior a nuestro mensaje, o después, dejan de servir.",
			"Su contraseña deja de servir: elegirá una nueva antes de volver a entrar.",
			"Nadie puede cambiar sus dispositivos hasta que haya hablado con nosotros.",
		},
		Undo:       "Aquí no puede deshacerlo. Nosotros sí, cuando nos llame.",
		Button:     "No he sido yo: proteger mi cuenta",
		Otherwise:  "Si ha sido usted, no tiene que hacer nada. Cierre esta página.",
		Done:       "Su cuenta está protegida",
		DoneText:   "Se ha cerrado su sesión en todas partes. Los códigos sin usar, los dispositivos añadidos hace poco y su contraseña ya no sirven.",
		Call:       "Llame ahora a %s para que revisemos juntos su cuenta.",
		CallNumber: "Llame ahora a %s para que revisemos juntos su cuenta:",
		SignIn:     "Para volver a entrar, pida una contraseña nueva donde inicia sesión. Hacen falta un enlace que le enviamos por correo y un dispositivo que tenga desde hace más tiempo.",
		Over:       "Este enlace ya no sirve",
		OverText:   "Ya se ha usado o es demasiado antiguo. Si ha pulsado antes el botón, su cuenta está protegida.",
		OverCall:   "Si ve cualquier otra cosa extraña, llámenos enseguida, a un número que conozca.",
		Wait:       "Espere un poco, por favor",
		WaitText:   "El botón se ha pulsado demasiadas veces desde su red. Inténtelo de nuevo en 15 minutos o llámenos enseguida, a un número que conozca.",
		Failed:     "No ha funcionado",
		FailedText: "Ha fallado algo por nuestra parte y no se ha hecho nada. Inténtelo de nuevo o llámenos enseguida, a un número que conozca.",
	},

	InviteSubject: "%s: le han invitado",
	InviteLink:    "%s le invita al Factordesk de %s. Para elegir una contraseña y cómo recibir sus códigos, abra esta página antes de 72 horas:",
	InviteEnd:     "El enlace funciona una sola vez y es solo para usted: no lo dé nunca a nadie. Si no lo esperaba, no tiene que hacer nada.",

	ResetSubject: "%s: elija una contraseña nueva",
	ResetLink:    "Alguien ha pedido elegir una contraseña nueva para su cuenta. Si ha sido usted, abra esta página antes de una hora:",
	ResetEnd:     "Allí se le pedirá también un segundo factor; hasta entonces su contraseña no cambia. Si no ha sido usted, no tiene que hacer nada: no dé nunca el enlace a nadie.",

	HasAccountSubject: "%s: ya tiene una cuenta",
	HasAccount: "Alguien que se registró con su dirección de correo quiere entrar. Si fue usted: ya tiene una cuenta y no necesita ningún código para confirmar su dirección. " +
		"Entre con la contraseña de su cuenta, o elija otra si la olvidó. Si no fue usted, no tiene que hacer nada: no se cambió nada.",

	Prompts: map[string]string{
		"ACCOUNT_FROZEN":       "Sus dispositivos no se pueden cambiar hasta que hable con nosotros. Llámenos.",
		"COMPLETE_PREFERENCES": "Revise sus preferencias para terminar de preparar su cuenta.",
		"NO_BACKUP_CODES":      "No le queda ningún código de respaldo ni otra forma de entrar. Añada una antes de salir, o llámenos.",
		"LAST_BACKUP_CODE":     "Le queda un código de respaldo.",
		"ADD_AUTHENTICATOR":    "Añada una aplicación de autenticación: crea los códigos por sí misma, también donde nada llega a su teléfono.",
	},

	Unsent:  "No se ha podido enviar el código.",
	MayCome: "Puede que el código esté en camino: no hemos recibido respuesta al enviarlo. Espere un momento.",
	UnsentBecause: map[int]string{
		21211: "Este número no es válido.", 21265: "Este número no es válido.",
		21214: "No se puede llegar a este número.", 21217: "No se puede llegar a este número.", 13224: "No se puede llegar a este número.", 21612: "No se puede llegar a este número.",
		21610: "Una vez respondió STOP a nuestros mensajes. Envíe START al número del que llegaron para volver a recibirlos.",
		21614: "Este número no recibe mensajes de texto.", 21635: "Este número no recibe mensajes de texto.",
		550: "El servidor de correo de esta dirección rechaza nuestros mensajes.",
	},
	TryInstead: "Use otra forma: %s.", NothingInstead: "Llámenos: le ayudaremos a entrar.",
	AddInstead: "Compruébelo o añada otro dispositivo.",

	TextTo:     "Mensaje de texto al %s",
	CallTo:     "Llamada al %s",
	MailTo:     "Correo a %s",
	AppCode:    "Código de %s",
	AnyApp:     "su aplicación de autenticación",
	BackupCode: "Código de respaldo",

	KeepCodes: "Imprima estos códigos o guárdelos en un gestor de contraseñas, no en el teléfono que recibe sus otros códigos: no se muestran otra vez. " +
		"Cada uno sirve para entrar una sola vez. No caducan y dejan de servir cuando cree otros. No se los dé a nadie que le llame o le escriba.",
}
