package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shapeWords stand beside dates, amounts, durations, numbers and addresses.
var shapeWords = map[class]string{
	numberWord: `
		number numbers no nos nr num numero número números numéro n nummer numer numeru číslo čísla szám numarası numaranız nolu numaralı nomor số no. № id ids
		номер номера № αριθμός αρ رقم شماره نمبر מספר मস संख्या नंबर নম্বর নং หมายเลข เลขที่ 号 号码 號 號碼 番号 번호`,
	currency: `
		dollar* bucks euro* cents pound* sterling rupee* rs inr usd eur gbp jpy cny chf cad aud nzd sek nok dkk pln czk huf brl mxn ars cop clp zar aed sar thb vnd idr myr sgd hkd php krw bdt pkr lkr ngn kes ghs egp ils uah rub kzt btc eth usdt
		pesos peso dólares dolares soles reais real reales bolívares francs franken kronor kroner kr ft forint kč korun zł złotych zloty* zl lei ron лв лева din dinara
		руб рублей рубля рубль р грн гривень тенге сом сум tl lira lirası ₺ rp rupiah rm ringgit ksh shs tzs ugx đồng vnđ vnd đ
		ευρώ *ريال* درهم دينار جنيه ليرة *تومان* *ریال* *روپے* שקל ש"ח שח *रुपये* *रुपए* रु *টাকা* *টাকায়* บาท 元 円 圆 块 원 人民币`,
	unit: `
		min mins minute* minut* hour* hr hrs h heures heure stunde* sec secs seconds second sekund* secondes segundos secondi day days week* month* years yr yrs
		minuto* hora horas día días dia dias semanas meses años anos jours mois ans tag tage tagen tage minuti ora ore giorni mesi anni uur uren dagen dag dager dni godzin* hodin* óra perc timmar timer tuntia päivää ore zile
		минут* мин час* дней дня день сек секунд* хвилин* годин* dakika dk saat gün sn menit jam hari phút giờ ngày λεπτά ώρες ημέρες
		دقيقة دقائق ساعة ساعات يوم دقیقه ساعت منٹ דקות דקה שעות ימים मिनट घंटे दिन মিনিট ঘন্টা দিন
		points point pts miles mile km kms kwh kw gb mb kb steps meters metres lbs kg users customers people times
		puntos puntos millas pontos punkte punkten punti punten punktów баллов балл puan poin điểm
		นาที ชั่วโมง วัน คะแนน 分钟 分鐘 分 小时 小時 天 秒 积分 積分 ポイント マイル 時間 日間 分間 시간 포인트 일간`,
	month: `
		jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december
		januar* februar* märz mai juni juli august* oktober* dezember* januari februari maart mei augustus
		enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic
		janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr déc
		gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott
		janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out dez
		stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
		января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв фев апр авг сен окт ноя дек листопада грудня січня
		ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık thang tháng
		marraskuuta joulukuuta tammikuuta lokakuuta novembra novembar studenog listopadu prosince νοεμβρίου δεκεμβρίου
		يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر آذر آبان دی נובמבר דצמבר ינואר
		जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर নভেম্বর ডিসেম্বর พฤศจิกายน พ.ย ธันวาคม 年 月 년 월`,
	inYear:           `for in since year fy during until by before from en desde año im seit jahr anno dal nel dès année ano em от с в год года году рік роки 年 년 copyright on at dated am le il el em på den op dne dnia на à auf su sul na op pe pada ke`,
	street:           `street st avenue ave av road rd boulevard blvd drive dr lane ln way court ct place pl plaza square sq highway hwy parkway pkwy terrace ter circle cir broadway trail *straße *strasse *str ulica ulice ул улица`,
	street | leading: `rue avenue boulevard chemin allée via calle rua avenida`,
	connector:        `and or to & of und et y e i и og och ja ve dan và та و ו और এবং`,
}

var isoCurrencies = listed(`
	AED AFN ALL AMD ARS AUD AZN BAM BBD BDT BGN BHD BOB BRL BSD BWP BYN CAD CHF CLP CNY COP CRC CUP CZK DKK DOP DZD EGP ETB EUR
	FJD GBP GEL GHS GTQ HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KHR KRW KWD KZT LAK LBP LKR MAD MDL MKD MMK MNT MOP
	MUR MVR MXN MYR NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RUR RWF SAR SEK SGD THB TJS TND TRY TTD TWD TZS
	UAH UGX USD UYU UZS VES VND XAF XOF YER ZAR ZMW BTC ETH`)

var states = listed(`
	AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX
	UT VT VA WA WV WI WY DC PR`)

func listed(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(list)) {
		set[w] = true
	}
	return set
}

func isISOCurrency(folded string) bool { return isoCurrencies[folded] }

func isCurrencySign(folded string) bool {
	r, _ := utf8.DecodeRuneInString(folded)
	return unicode.Is(unicode.Sc, r)
}

// minutes reports whether a word means minutes.
func minutes(folded string) bool {
	for _, m := range minuteWords {
		if strings.HasPrefix(folded, m) {
			return true
		}
	}
	return false
}

var minuteWords = strings.Fields("min мин хвил phut dakika dk dakik perc λεπτ دق דק मिन মিন นาที 分 분 menit")
