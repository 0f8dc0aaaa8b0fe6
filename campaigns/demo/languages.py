# ruff: noqa: E501, RUF001  (Urdu letters; a sentence on a line)
"""One campaign of the demonstration in Urdu and Polish. No speaker has checked these words, and the pages say so."""

TRANSLATED = "five-days-one-message"

URDU = {
    "Five days, one message": "پانچ دن، ایک پیغام",
    "Through the year we mark one international day for each of the five strands, with the same care for all of them.": (
        "سال بھر میں ہم پانچوں بنیادوں میں سے ہر ایک کے لیے ایک عالمی دن مناتے ہیں، اور سب پر یکساں توجہ دیتے ہیں۔"
    ),
    "A calendar full of awareness days can feel like a competition. Ours is not. Through the year we mark one "
    "international day for each of the five strands, in the same way and with the same care.": (
        "آگاہی کے دنوں سے بھرا کیلنڈر مقابلے جیسا لگ سکتا ہے۔ ہمارا کیلنڈر ایسا نہیں۔ سال بھر میں ہم پانچوں بنیادوں میں سے "
        "ہر ایک کے لیے ایک عالمی دن ایک ہی طریقے سے اور یکساں توجہ کے ساتھ مناتے ہیں۔"
    ),
    "The five days": "پانچ دن",
    "<b>Race:</b> 21 March, International Day for the Elimination of Racial Discrimination": (
        "<b>نسل:</b> 21 مارچ، نسلی امتیاز کے خاتمے کا عالمی دن"
    ),
    "<b>Religion:</b> 22 August, International Day Commemorating the Victims of Acts of Violence Based on Religion or "
    "Belief": "<b>مذہب:</b> 22 اگست، مذہب یا عقیدے کی بنیاد پر تشدد کے متاثرین کی یاد کا عالمی دن",
    "<b>Sexual orientation:</b> 17 May, International Day Against Homophobia, Biphobia and Transphobia": (
        "<b>جنسی رجحان:</b> 17 مئی، ہم جنس، دو جنس پسند اور ٹرانس افراد سے نفرت کے خلاف عالمی دن"
    ),
    "<b>Disability:</b> 3 December, International Day of Persons with Disabilities": (
        "<b>معذوری:</b> 3 دسمبر، معذور افراد کا عالمی دن"
    ),
    "<b>Transgender identity:</b> 20 November, Transgender Day of Remembrance": (
        "<b>ٹرانس جینڈر شناخت:</b> 20 نومبر، ٹرانس جینڈر افراد کی یاد کا دن"
    ),
    "The five stand in the same order everywhere on this site. It is not a ranking.": (
        "اس ویب سائٹ پر یہ پانچوں ہر جگہ اسی ترتیب میں آتے ہیں۔ یہ درجہ بندی نہیں ہے۔"
    ),
    "The one message": "ایک پیغام",
    "If you are targeted because of who you are, you will be believed, and you will not stand alone. If you see it, "
    "there is something you can do.": (
        "اگر آپ کو آپ کی پہچان کی وجہ سے نشانہ بنایا جائے تو آپ کی بات پر یقین کیا جائے گا اور آپ اکیلے نہیں ہوں گے۔ اگر آپ ایسا "
        "ہوتے دیکھیں تو آپ کچھ نہ کچھ کر سکتے ہیں۔"
    ),
    "Each day gets the same": "ہر دن کے لیے ایک جیسا",
    "One page here, in plain words, with where to turn.": "یہاں سادہ الفاظ میں ایک صفحہ، جس میں لکھا ہو کہ کہاں رجوع کریں۔",
    "One lesson that a teacher can use in that week.": "ایک سبق جسے استاد اسی ہفتے پڑھا سکیں۔",
    "One place to come together, in the north or the south of Kirklees in turn.": (
        "مل بیٹھنے کی ایک جگہ، باری باری کرکلیز کے شمال یا جنوب میں۔"
    ),
    "Take part": "شرکت کریں",
    "Pick the day that is furthest from your own life. Read one thing, ask one person, or come along once. People who "
    "have nothing to gain are often heard where those concerned are not.": (
        "وہ دن چنیں جو آپ کی اپنی زندگی سے سب سے دور ہو۔ کوئی ایک چیز پڑھیں، کسی ایک شخص سے پوچھیں، یا ایک بار آ کر دیکھیں۔ جن "
        "لوگوں کا اپنا کوئی فائدہ نہ ہو، ان کی بات اکثر وہاں سنی جاتی ہے جہاں متاثرہ لوگوں کی نہیں سنی جاتی۔"
    ),
    "If your group would like to host one of the days, write to us. The address is at the foot of every page.": (
        "اگر آپ کا گروپ ان میں سے کسی دن کی میزبانی کرنا چاہے تو ہمیں لکھیں۔ پتہ ہر صفحے کے نیچے ہے۔"
    ),
    "Where to turn": "کہاں رجوع کریں",
}

POLISH = {
    "Five days, one message": "Pięć dni, jedno przesłanie",
    "Through the year we mark one international day for each of the five strands, with the same care for all of them.": (
        "W ciągu roku obchodzimy po jednym dniu międzynarodowym dla każdej z pięciu cech, z taką samą troską o wszystkie."
    ),
    "A calendar full of awareness days can feel like a competition. Ours is not. Through the year we mark one "
    "international day for each of the five strands, in the same way and with the same care.": (
        "Kalendarz pełen takich dni może wyglądać jak wyścig. Nasz nim nie jest. W ciągu roku obchodzimy po jednym dniu "
        "międzynarodowym dla każdej z pięciu cech, w ten sam sposób i z taką samą troską."
    ),
    "The five days": "Pięć dni",
    "<b>Race:</b> 21 March, International Day for the Elimination of Racial Discrimination": (
        "<b>Rasa:</b> 21 marca, Międzynarodowy Dzień Walki z Dyskryminacją Rasową"
    ),
    "<b>Religion:</b> 22 August, International Day Commemorating the Victims of Acts of Violence Based on Religion or "
    "Belief": (
        "<b>Religia:</b> 22 sierpnia, Międzynarodowy Dzień Upamiętniający Ofiary Aktów Przemocy ze względu na Religię "
        "lub Wyznanie"
    ),
    "<b>Sexual orientation:</b> 17 May, International Day Against Homophobia, Biphobia and Transphobia": (
        "<b>Orientacja seksualna:</b> 17 maja, Międzynarodowy Dzień Przeciw Homofobii, Bifobii i Transfobii"
    ),
    "<b>Disability:</b> 3 December, International Day of Persons with Disabilities": (
        "<b>Niepełnosprawność:</b> 3 grudnia, Międzynarodowy Dzień Osób z Niepełnosprawnościami"
    ),
    "<b>Transgender identity:</b> 20 November, Transgender Day of Remembrance": (
        "<b>Tożsamość transpłciowa:</b> 20 listopada, Dzień Pamięci Osób Transpłciowych"
    ),
    "The five stand in the same order everywhere on this site. It is not a ranking.": (
        "W całym serwisie te pięć cech stoi w tej samej kolejności. To nie jest ranking."
    ),
    "The one message": "Jedno przesłanie",
    "If you are targeted because of who you are, you will be believed, and you will not stand alone. If you see it, "
    "there is something you can do.": (
        "Jeśli ktoś atakuje Cię za to, kim jesteś, uwierzymy Ci i nie zostaniesz bez wsparcia. Jeśli to widzisz, możesz "
        "coś zrobić."
    ),
    "Each day gets the same": "Każdy dzień dostaje to samo",
    "One page here, in plain words, with where to turn.": (
        "Jedną stronę tutaj, napisaną prostymi słowami, z informacją, dokąd się zwrócić."
    ),
    "One lesson that a teacher can use in that week.": "Jedną lekcję, którą nauczyciel może przeprowadzić w tym tygodniu.",
    "One place to come together, in the north or the south of Kirklees in turn.": (
        "Jedno miejsce spotkania, na przemian na północy i na południu Kirklees."
    ),
    "Take part": "Weź udział",
    "Pick the day that is furthest from your own life. Read one thing, ask one person, or come along once. People who "
    "have nothing to gain are often heard where those concerned are not.": (
        "Wybierz dzień, który jest najdalszy od Twojego życia. Przeczytaj jedną rzecz, zapytaj jedną osobę albo przyjdź "
        "choć raz. Głos tych, którzy nic na tym nie zyskują, często dociera tam, gdzie nie dociera głos tych, których "
        "to dotyczy."
    ),
    "If your group would like to host one of the days, write to us. The address is at the foot of every page.": (
        "Jeśli Twoja grupa chce zorganizować jeden z tych dni, napisz do nas. Adres jest na dole każdej strony."
    ),
    "Where to turn": "Dokąd się zwrócić",
}

WORDS = {"ur": URDU, "pl": POLISH}
