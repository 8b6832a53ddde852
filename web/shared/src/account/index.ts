export { AddAppPage } from './AddAppPage';
export { AddEmailPage } from './AddEmailPage';
export { AddPhonePage } from './AddPhonePage';
export { AppSecret } from './AppSecret';
export { DevicePage } from './DevicePage';
export { OwnPasswordPage } from './OwnPasswordPage';
export { PasswordPage } from './PasswordPage';
export { SessionsPage } from './SessionsPage';
