package mask

// alertWords explain a number, or say that a message is an alert. Their tables
// are shorter than those of codeWords: a word too few hides a number too many.
var alertWords = map[class]string{
	account | alert: `
		card cards account accounts acct accts acc visa mastercard amex maestro rupay debit credit checking chequing savings saving loan mortgage *card
		tarjeta tarjetas cuenta cuentas cta tdc tdd carte cartes compte comptes livret
		karte karten *karte *konto konto konten kontos carta carte conto cartão cartões conta contas *kaart rekening betaalpas pas
		karta karty kartą kartě kartu karte konta rachunek rachunku účet účtu účte kártya* kártyá* *kártya* számla* számlá*
		kort kortet kortti* kortilla kortin tili tilin tilille tililtä konto kontot card cardul contul kartica kartice računa
		kart kartı* kartınız* hesap hesab* hesabı* kartu rekening rek tk tài khoản
		карта карты карте карту картой карт счет счета счету счёт карткою картка картки картку рахунок рахунку сметка сметката
		κάρτα* κάρτας λογαριασμ* *بطاق* *حساب* *کارت* *کارڈ* *כרטיס* *חשבון* *कार्ड* *खाते* *खाता* *কার্ড* *অ্যাকাউন্ট* *হিসাব*
		บัตร บัญชี 卡 账户 帐户 賬戶 帳戶 账号 カード 口座 카드 계좌 통장`,
	ending: `
		ending ends ended endings x-ending terminada terminado termina terminación terminan terminant finissant termine terminacion
		endet endend* endziffer* endung terminante eindigend* eindigt kończąc* końcówk* końcówce konczac* koncow* končí* končíc*
		slutar slutter ender endende päättyv* végű* végződ* vége terminat* terminată
		оканчива* заканчива* закінчу* завърш* biten sonu berakhir* berakhiran akhiran đuôi λήγ* λήγει
		*المنتهي* *المنتهية* *تنتهي* *منتهی* *مختوم* *המסתיים* *מסתיים* *המסתיימת* *समाप्त* *শেষ*
		ลงท้าย 尾号 尾號 尾数 末四位 后四位 末尾 끝자리 뒷자리 뒤 끝`,
	reference | alert: `
		order orders ref reference references invoice inv policy claim case ticket receipt trace check cheque chq chk member membership customer client
		store terminal atm branch flight form room booking reservation tracking parcel package shipment delivery serial batch request complaint application contract meter
		folio rrn utr stan iban ach sort routing zip postcode zipcode barcode promocode *rabattcode gutscheincode merchant mid tid device model unit apt suite box ip gate train bus track
		pedido pedidos paquete orden referencia factura recibo reclamo caso guía vuelo cajero cliente sucursal póliza comprobante
		commande facture dossier référence chèque reçu colis vol distributeur client train
		paket* bestellung* bestellnr auftrag* rechnung* referenz* kundennummer kundennr vorgang* sendung* vertrag* sendungsnummer flug automat filiale bestellnummer
		ordine fattura riferimento pratica assegno ricevuta spedizione volo
		encomenda fatura protocolo boleto voo agência bestelling* factuur* ordernummer kenmerk zending
		zamówieni* zamowieni* faktur* przesyłk* paczk* objednávk* faktúr* zásilk* rendelés* számlaszám rendeles* order ordernummer tilaus* lasku* ordre bestilling* pakke comandă* comanda
		заказ* посылк* квитанц* обращени* заявк* договор* чек банкомат рейс замовленн* накладн* поръчк*
		sipariş* siparis* fatura* referans* kargo poliçe pesanan faktur resi đơn hóa
		παραγγελί* τιμολόγ* *طلب* *الطلب* *فاتورة* *الفاتورة* *مرجع* *مرجعي* *شحنة* *سفارش* *הזמנה* *חשבונית* *אסמכתא* *משלוח* *ऑर्डर* *संदर्भ* *चालान* *অর্ডার* *রেফারেন্স*
		คำสั่งซื้อ อ้างอิง ใบแจ้งหนี้ พัสดุ 订单 訂單 单号 單號 流水号 参考号 发票 编号 編號 航班 快递 注文 受付番号 伝票 お問い合わせ番号 会員番号 予約番号 주문 송장 접수번호 운송장 예약번호`,
	phone: `
		call phone tel telephone ring dial hotline helpline fax whatsapp ph
		llame llamar llámenos llama teléfono telf appelez appeler téléphone joindre rufen anrufen telefon telefonisch
		chiama chiamare chiami telefono ligue ligar telefone bel bellen telefoonnummer zadzwoń telefonu infolini* zavolejte volejte hívja
		ringa soita puhelin telefonnummer звоните позвоните телефон* тел подзвоніть дзвоніть arayın ara numaralı hubungi telepon gọi
		καλέστε τηλ τηλέφων* *اتصل* *الاتصال* *هاتف* *تماس* *תתקשר* *התקשר* *חייג* *कॉल* কল
		โทร 致电 致電 拨打 客服 热线 熱線 電話 お電話 전화 문의 대표번호`,
	send: `text txt sms send reply message msg envíe envie responda répondez envoyez antworten senden invia rispondi отправьте ответьте gönder odpowiedz`,
	amount | alert: `
		balance bal amount amt limit total available saldo solde montant monto importe importo valor betrag kontostand verfügbar disponible disponibile disponível
		kwota suma belopp summa zůstatek částka egyenleg összeg bakiye tutar баланс остаток сумма доступно залишок jumlah số dư υπόλοιπο ποσό
		*رصيد* *الرصيد* *مبلغ* *موجودی* *יתרה* *סכום* शेष *राशि* *ব্যালেন্স* *টাকার* ยอด จำนวน 余额 餘額 金额 金額 残高 잔액 금액`,
	alert: `
		purchase purchased payment payments paid transaction transactions txn trx deposit* withdraw* transfer* debited credited charged charge spent spend bill billing statement fraud refund* overdraft overdrawn declined posted due payee payroll autopay fee fees interest statement delivered shipped appointment scheduled alert alerts alerta avis
		compra compras pago pagos transferencia* retiro abono cargo depósito consumo vencimiento cobro movimiento
		achat achats paiement virement retrait prélèvement débit débité crédité échéance
		kauf einkauf zahlung* überweisung* lastschrift* abbuchung* gutschrift* umsatz* abhebung* buchung* gebucht fällig* kauf*
		acquisto pagamento bonifico prelievo addebito accredito addebitat* scadenza movimento pagamento* transferência* saque pix débito crédito depósito vencimento
		betaling* betaald aankoop overboeking* afgeschreven bijgeschreven overgemaakt płatnoś* przelew* zakup* wypłat* wpłat* obciąż* uznani* platba* platby* nákup* převod* výběr* vásárlás* fizetés* utalás* terhelés* jóváírás*
		köp köpt betalning* överföring* insättning* uttag dragning kjøp køb overført overførsel osto ostos maksu* siirto nosto plată* plata tranzacți* transfer* retragere kupnja kupovina uplata isplata
		покупка покупк* оплата оплат* перевод* списани* зачислени* пополнени* операци* выдача платеж* начислен* переказ* поповненн* зняття покупки
		ödeme* harcama* havale eft işlem* alışveriş* yatırıl* çekil* pembayaran transaksi penarikan setoran tagihan giao dịch thanh toán
		αγορά* πληρωμή* συναλλαγή* μεταφορά* χρέωση* ανάληψη*
		*شراء* *دفع* *تحويل* *سحب* *إيداع* *ايداع* *خصم* *عملية* *برداشت* *واریز* *خرید* *پرداخت* *انتقال* *רכישה* *תשלום* *העברה* *הפקדה* *חיוב* *משיכה*
		*भुगतान* *लेनदेन* *जमा* *डेबिट* *क्रेडिट* *निकासी* *खर्च* *লেনদেন* *জমা* *উত্তোলন* *পেমেন্ট* *খরচ*
		ชำระ โอน ถอน ฝาก ซื้อ ใช้จ่าย 消费 消費 支付 转账 轉賬 入账 入賬 交易 支出 收入 存入 扣款 还款 利用 支払 振込 入金 出金 引き落とし 引落 승인 결제 입금 출금 이체`,
	modifier: `
		zip postal post promo promotional promotion discount coupon voucher gift referral area country sort qr bar error status dress tracking routing swift bic ifsc hsn tax merchant product airport currency dialling branch short source building invite sku colour color
		promocional promotionnel réduction descuento desconto barras país pais fiscal sconto postale fiscale fiscaal rabatt rabais rabatowy pocztowy pocztow* indirim posta promosi diskon pos kortings* korting rabatkode rabattkod rabatkod* kortingscode gutschein*
		промо промокод* почтовый почтового скидк* 优惠 優惠 折扣 邮政 郵政 クーポン 郵便 우편 쿠폰 할인`,
	event: `
		changed updated locked blocked disabled incorrect wrong failed expired attempts attempt removed reset-on activated deactivated set successfully
		cambiada cambiado actualizada bloqueada bloqueado modificado modifié bloqué bloquée geändert gesperrt modificata bloccata alterada alterado gewijzigd geblokkeerd
		zmieniono zmienione zablokowan* změněn* изменен* измененa заблокирован* сменен* değiştirildi diubah`,
}
