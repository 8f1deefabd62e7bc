# ruff: noqa: RUF001 (letters of other alphabets are meant)
"""Triggers in languages that neither the encoder nor the glossary reads: a word or two that leave no doubt.

Parts of words, in small letters: most of these languages bend their words or write no spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOREIGN: Final[Mapping[str, tuple[str, ...]]] = {
    "SECURITY_ESCALATION": (
        "被盗", "被黑", "盗号", "入侵", "泄露", "乗っ取", "不正アクセス", "ハッキング", "漏えい", "해킹", "도용",
        "اختراق", "взлом", "злам", "украл", "взлам", "утечк", "włama", "shakowa", "obcy zalogow", "wyciek", "hacka",
        "kapra", "hacke", "hackn", "intrång", "napadl", "cizí přihl", "ele geçir", "hesabım çalın", "izinsiz gir",
        "hacklen", "veri sızın", "feltört", "spart contul", "piratat", "παραβι", "χάκαρ", "हैक",
    ),
    "P1_CRITICAL": (
        "无法登录", "系统崩溃", "全公司", "数据丢失", "数据都不见", "誰もログイン", "全員", "サービスがダウン",
        "データが消え", "아무도", "서비스가 다운", "데이터가 사라", "النظام متوقف", "لا أحد يستطيع",
        "никто не може", "никто в компан", "ничего не работает", "все данные", "сервис лежит", "всё лежит",
        "nikt w firmie", "nikt z nas", "nikt nie może", "wszystkie dane", "nasze dane znik", "awaria",
        "ingen kan logga", "ingen i företaget", "ligger nere", "ingen kan logge", "all data är borta",
        "nikdo se ne", "nikdo z nás", "všechna data", "kimse giriş", "hiç kimse", "hiçbirimiz", "sistem çök",
        "verilerimiz sil", "tüm verileri", "senki sem tud", "minden adat", "nimeni nu poate", "κανείς δεν μπορεί",
    ),
    "LEGAL_ESCALATION": (
        "律师", "起诉", "法律", "弁護士", "訴訟", "法的", "변호사", "소송", "محام", "دعوى", "адвокат", "юрист",
        "в суд", "prawnik", "adwokat", "pozew", "pozwiem", "do sądu", "advokat", "jurist", "stämm", "avukat",
        "dava aç", "mahkeme", "právník", "žalob", "ügyvéd", "perel", "avocat", "δικηγόρ", "वकील",
    ),
    "REFUND_REQUEST": (
        "退款", "退钱", "退費", "返金", "払い戻し", "환불", "استرداد أموال", "استرداد المبلغ", "استرداد",
        "возврат ден", "верните ден", "вернуть ден", "верните мо", "поверніть грош", "поверніть кошт", "zwrot pien",
        "zwrotu pien", "zwrot kosz", "o zwrot", "zwrotu za", "zwrot za", "zwróc", "återbetal", "pengarna tillbaka",
        "pengene tilbage", "refunder", "para iade", "ücret iade", "iade ist", "iade edil", "iadesi tal",
        "paramı geri", "paramızı geri", "vrácení pen", "vraťte", "vissza a pénz", "visszatérít", "banii înapoi",
        "rambursa", "τα χρήματά μου πίσω", "επιστροφή χρημ", "रिफंड", "पैसे वापस",
    ),
    "SALES_ESCALATION": (
        "价格", "报价", "多少钱", "折扣", "価格", "料金", "見積", "割引", "가격", "견적", "할인", "سعر",
        "عرض أسعار", "خصم", "сколько стоит", "скільки кошту", "цена", "скидк", "ile kosztuje", "cennik", "wycen",
        "rabat", "vad kostar", "offert", "hvad koster", "tilbud", "fiyat", "indirim", "ne kadar tutar", "kaç para",
        "kolik stojí", "cenov", "slev", "mennyibe kerül", "árajánlat", "cât costă", "ofertă de preț",
        "πόσο κοστίζει", "कीमत",
    ),
    "HUMAN_REQUESTED": (
        "人工", "真人", "客服人员", "担当者", "人間と", "オペレーター", "상담원", "사람과", "موظف", "شخص حقيقي",
        "مع إنسان", "с человеком", "оператор", "живым человек", "з людиною", "z człowiekiem", "z konsultant",
        "z pracownikiem", "med en människa", "prata med någon", "tale med et menneske", "en rigtig person",
        "gerçek bir insan", "insanla konuş", "insanla görüş", "temsilci", "biriyle görüş", "biriyle konuş",
        "s člověkem", "s operátorem", "emberrel", "ügyintéző", "cu o persoană", "cu un om", "με άνθρωπο",
        "इंसान से",
    ),
    "REPEAT_CONTACT": (
        "第三次", "写了三次", "没有人回复", "没人回复", "三回", "三度", "返事がありません", "세 번째", "답변이 없",
        "للمرة الثالثة", "المرة الثالثة", "третий раз", "втретє", "ответа нет", "никто не отвеча", "trzeci raz",
        "brak odpowiedzi", "nikt nie odpow", "tredje gången", "inget svar", "tredje gang", "intet svar", "potřetí",
        "žádná odpověď", "nikdo neodpov", "üçüncü kez", "cevap yok", "cevap alamad", "kimse cevap", "harmadszor",
        "senki sem vála", "a treia oară", "niciun răspuns", "τρίτη φορά",
    ),
    "SENTIMENT_ESCALATION": (
        "太垃圾", "骗子", "ふざけるな", "最悪", "최악", "사기꾼", "أسوأ", "позор", "отвратительн", "ужасный сервис",
        "мошенник", "skandal", "żenada", "najgorsz", "oszuści", "värdelös", "skamligt", "værdiløs", "ostuda",
        "nejhorší", "podvodníc", "rezalet", "berbat", "dolandırıcı", "felháborító", "rușine", "ντροπή",
    ),
}  # fmt: skip
