import { es as shared } from '@factordesk/shared';
import type { Words } from './en';

/** Every word of the pages, in Spanish. */
export const es: Words = {
  ownName: 'Español',
  language: 'Idioma',
  skip: 'Ir al contenido',
  home: (bank) => `${bank}: seguridad`,
  signOut: 'Cerrar sesión',
  shared: { ...shared, product: 'Banca digital' },
  missing: { title: 'Esta página no existe', back: 'Ir a seguridad' },
  broken: {
    title: 'Esta página dejó de funcionar',
    lead: 'El error es nuestro. Cárguela de nuevo; si vuelve a pasar, llame a su banco.',
    reload: 'Cargar de nuevo',
  },
  signIn: {
    register: '¿Es nuevo aquí? Regístrese',
    otherBank: '¿No es su banco?',
    steps: {
      PASSWORD: { title: 'Iniciar sesión', lead: 'Primero su contraseña, después un código.' },
      SECOND_FACTOR: { title: 'Confirme que es usted', lead: 'Su contraseña es correcta. Ahora un código, para que ella sola nunca baste.' },
      STEP_UP: { title: 'Confirme que es usted', lead: 'Lo que va a hacer necesita un código nuevo.' },
      EMAIL_VERIFICATION: { title: 'Confirme su correo', lead: 'Para poder comunicarnos con usted. Después viene el código con el que inicia sesión.' },
      REGISTER: { title: 'Registrarse', lead: 'Para clientes del banco que todavía no tienen acceso.' },
    },
  },
  register: {
    firstName: 'Nombre',
    lastName: 'Apellido',
    emailHint: 'Con él inicia sesión.',
    phoneHint: 'Para sus códigos. Con el código del país si no es de América del Norte: +44 …',
    submit: 'Registrarme',
    back: 'Ya tengo acceso',
    acceptedTitle: 'Mire su correo',
    accepted: 'Le escribimos a su dirección. Ahora inicie sesión: le pediremos un código.',
  },
  preferences: {
    title: 'Casi listo',
    lead: 'Queda una cosa por elegir. Después, su acceso está listo.',
    language: 'Idioma',
    languageHint: 'En el que le escribimos y le hablamos.',
    finish: 'Terminar',
  },
  notices: {
    title: 'Qué hacer ahora',
    act: 'Hacerlo ahora',
  },
  security: {
    title: 'Seguridad',
    devices: 'Sus formas de recibir un código',
    devicesLead: 'Cada vez que inicia sesión le pedimos un código de una de ellas.',
    noDevices: 'Todavía no tiene ninguna. Su banco puede ayudarle a entrar con un código de respaldo.',
    sessions: 'Dónde tiene la sesión abierta',
    sessionCount: (n) => (n === 1 ? 'Solo aquí' : `En ${n} lugares`),
    account: 'Su cuenta',
  },
  addDevice: {
    title: 'Agregar una forma de recibir un código',
    lead: 'Con dos, puede entrar aunque pierda una.',
    add: 'Agregar otra',
    app: 'Aplicación de autenticación',
    appHint: 'Funciona sin señal y en el extranjero',
    phone: 'Teléfono',
    phoneHint: 'Por mensaje, o por llamada a un fijo',
    email: 'Correo electrónico',
    emailHint: 'Tan seguro como su buzón, no más',
  },
  password: {
    row: 'Contraseña',
    rowHint: 'Cambiarla',
  },
};
