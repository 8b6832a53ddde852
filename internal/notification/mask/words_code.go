package mask

// codeWords are the words for a verification code and for what one does with
// it, in the languages that the institutions' customers read, and many more:
// a word too many hides a number too many, a word too few shows a code.
var codeWords = map[class]string{
	codeNoun: `
		code codes *code *codes codeword codeis pin pins mpin upin tpin upi-pin mypin pincode otp otps otac otpc totp 2fa mfa sca cvv cvc cvv2 3ds
		*passwor* *passcod* passphrase passkey *token* tokencode mtan smstan itan pushtan phototan chiptan smstans tans tac
		verification* *verificat* verif *authentic* *autentic* *autentif* *authentif* auth authorization authorisation
		onetime one-time secret seckey key unlock
		código* codigo* *codigo codig* clave* clave contraseña* contrasena* verificaci* verificación verificacao verificação senha* chave palavra-passe
		*verificac* contrasinal contrasenya* codi codis cod codul codului parola parole parolă parolei *parol* *parool* parool*
		mot-de-passe mdp passe vérification*
		*kennwort* *passwort* *einmal* zugangscode sicherheitscode *bestätigungs* *prüfziffer* *freischalt* losung*
		codice codici *codice verifica verifiche
		*wachtwoord* *toegangscode* verificatie* inlogcode eenmalig* 
		kod kodu kodun* kodem kody kodów kode koden kodeks? koda kodas kodą kodo kods kodi kodin kodisi koodi* *koodi* kood koodiga koodid *kod *kode *kood *kodu *koden *kodą *koodi *koodisi *kodunuz *kodas *kods
		hasło hasła hasłem heslo hesla heslom heslem jelszó* jelszo* jelsz* lozink* šifra šifre šifru şifre* sifre* sifra geslo gesla zaporka fjalëkalim* fjalekalim*
		lösenord* losenord* *lösenord* adgangskode* kodeord* passord* *passord* engångs* engangs* salasana* *salasana* tunnusluku* vahvistus* varmenn* salasõna* salasona* slaptažod* slaptazod* lykilorð* kóðinn kóði* lykilor*
		kód kódja kódot kódod* kódu kódem kóda *kód ověřovac* overovac* overov* ověřen* egyszer* hitelesít* potwierdz* weryfikac* uwierzyteln* patvirtin* apstiprin* kinnitus* bekræft* bekraft* bekreft* bekräft*
		doğrulama* dogrulama* tasdiq* təsdiq* tesdiq* khẩu katasandi sandi kodenya kata-sandi verifikasi* katalaluan nenosiri msimbo neno kontrasenyas kowad
		код* *код пароль* *парол* пин пинкод пін пін-код смс-код верификац* верифікац* аутентификац* подтвержден* підтвердж* потврда потврди шифра* лозинк* құпия* сырсөз
		κωδικ* *κωδικ* συνθηματικ* επαλήθευσ* επιβεβαίωσ* պահոց* կոդ* *կոդ* ծածկագ* გასაღ* *კოდ* პაროლ*
		*رمز* *كود* *الكود* *مرور* *تحقق* *التحقق* *السري* *سري* *کد* *گذرواژه* *پسورد* *تایید* *تأیید* *کوڈ* *پاسورڈ* پاس *توثیق* *تصدیق* پن *پین* *پویا* *سرّي*
		*קוד* *סיסמ* *סיסמא* *אימות* *לאימות* *הקוד* *חד-פעמ* *פעמי*
		*कोड* *ओटीपी* *पासवर्ड* *सत्यापन* *पिन* *सत्यापित* *पासकोड* *गुप्त* *প্রমাণ* *কোড* *ওটিপি* *পিন* *পাসওয়ার্ড* *যাচাই*
		*કોડ* *ઓટીપી* *પિન* *પાસવર્ડ* *ચકાસણી* *ਕੋਡ* *ਓਟੀਪੀ* *ਪਾਸਵਰਡ* *କୋଡ* *ଓଟିପି* *குறியீ* *கடவு* *ஓடிபி* *ஓடிபி* *சரிபார்* பின் *కోడ్* *ఓటీపీ* *ఓటిపి* *పాస్* *ధృవీ* *పిన్* *ಕೋಡ್* *ಒಟಿಪಿ* *ಪಾಸ್* *ಪರಿಶೀಲ* *കോഡ്* *ഒടിപി* *ഒ.ടി.പി* *പാസ്* *കേත* *කේත* *මුරපද* *රහස්*
		รหัส โอทีพี พิน ยืนยันตัว ລະຫັດ លេខកូដ កូដ ពាក្យសម្ងាត់ ကုဒ် စကားဝှက် အတည်ပြု
		验证 驗證 校验 校驗 动态码 動態碼 动态密码 動態密碼 动态口令 动态 密码 密碼 口令 代码 代碼 确认码 確認碼 授权码 授權碼 激活码 安全码 安全碼 一次性 认证 認證 随机码 提取码 登录码 登入碼 识别码 交易码 短信码 识别码 令牌
		認証 暗証 コード パスワード ワンタイム 確認番号 暗号 パスコード ピン
		인증 코드 비밀번호 확인번호 보안번호 패스워드 암호 승인코드 일회용 오티피
		*ኮድ* *የይለፍ* *ማረጋገጫ*`,
	codeVerb: `
		verify verifying identify authenticate authenticating authorise authorize confirm confirming validate activate activating unlock login logon log-in sign-in signin log sign logging signing security secure access temporary pairing identity identification magic register registering enrol enroll reset enter approve
		verificar confirmar iniciar sesion sesión acceder acceso ingresar ingreso autorizar autenticar validar activar verifica confirma autoriza
		connexion connecter connectez confirmer vérifier valider authentifier identifier activer confirmez validez
		bestätigen bestatigen bestätige anmeld* einlogg* freigab* freigeb* verifizier* authentifizier* legitim* aktivier*
		accedere accesso confermare autorizzare verificare convalid* autenticare
		acessar entrar acesso iniciar autenticar validar
		bevestigen inlogg* aanmelden verifiëren verifieer bevestig
		zalogow* zaloguj* logowan* potwierdź zatwierdz* autoryz* přihláš* prihlas* potvrď potvrd* ověř* overit overte bejelentkez* megerősít* belépés*
		logga loggar logge inloggning* innlogging* kirjaut* vahvista* tunnistau* godkend* godkjenn* legitimera
		giriş girişi* girin giriniz doğrula* onayla* onayı masuk konfirmasi log-masuk xác nhập
		вход* войти входа авториз* подтверд* підтверд* увійти вхід потврд* најав* σύνδεσ* επαλήθ* επιβεβαι*
		*تسجيل* *الدخول* *تأكيد* *تفعيل* *ورود* *لاگین* *להתחבר* *כניסה* *לאשר* *लॉगिन* *लॉग* *লগইন* *লগ*
		เข้าสู่ระบบ ยืนยัน 登录 登入 登陆 登錄 ログイン サインイン 本人確認 로그인 본인확인 본인`,
	enter: `
		use using enter input insert type quote supply provide say read give show key
		usa use usar utilice utiliza introduce introduzca introducir ingresa ingrese ingresar digite digita digitar inserte
		utilisez utiliser saisissez saisir entrez entrer composez tapez renseignez indiquez
		verwende verwenden nutze nutzen benutzen eingeben gib
		inserisci inserire digitare utilizza usare
		insira inserir utilize introduza
		gebruik voer toets wpisz użyj podaj wprowadź zadejte zadajte použijte použite vložte írja használja
		använd ange skriv brug indtast tast bruk käytä syötä naudokite įveskite ievadiet sisestage
		folosiți folosiți introduceți introduceti utilizați koristite unesite upišite uporabite vnesite
		gunakan masukkan gamitin ilagay ingiza tumia kullanın girin nhập
		введите введи используйте введіть використайте въведете използвайте унесите
		εισάγετε χρησιμοποιήστε
		*أدخل* *ادخل* *استخدم* *وارد* *הזן* *הקש* *השתמש* *दर्ज* *डालें* *লিখুন* *ব্যবহার*
		กรอก ใส่ 输入 輸入 入力 입력`,
	copula: `
		is are was will be equals as your the this it's its us here here's below following : s
		es está esta son sera será su tu é e è est sont voici ist lautet sind ihr ihre dein deine der die das
		il la lo le un una o a suo tuo seu sua jest to este je yra ir är er on din ditt deres son ay ni là adalah ialah nyo mo anda ile
		это является ваш ваша єце є е го ваш είναι
		هو هي است ہے آپ של הוא היא है हैं আছে হল হলো হচ্ছে ఇది
		คือ 是 为 為 は 는 은 입니다 です`,
}
