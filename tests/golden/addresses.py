"""The addresses of the golden answers, by what each shows."""

from __future__ import annotations

from typing import Any

#: Free text: what it shows -> addresses.
TEXTS: dict[str, tuple[str, ...]] = {
    "a city": ("Donetsk", "Luhansk", "Simferopol", "Sevastopol", "Kherson", "Melitopol", "Mariupol",
               "Kyiv", "Lviv", "Odesa", "Moscow", "Rostov-on-Don", "Tehran", "Havana", "Pyongyang",
               "Damascus", "Khartoum", "Vienna", "Paris, France", "Zaporizhzhia", "Enerhodar"),
    "a city in another writing": ("Донецк", "Донецьк", "Симферополь", "Сімферополь", "Ялта, Крым",
                                  "تهران", "顿涅茨克", "Херсон, Украина", "Nikolaev", "Lugansk",
                                  "Zaporozhye", "Yevpatoria", "Eupatoria", "Feodosiya", "Kertch"),
    "a country": ("Ukraine", "Russia", "Iran", "Cuba", "North Korea", "Syria", "Sudan", "Germany",
                  "Украина", "Россия", "Russian Federation", "Islamic Republic of Iran", "RU", "UA"),
    "a region": ("Crimea", "Crimea, Ukraine", "Republic of Crimea, Russia", "Donetsk oblast",
                 "Donetska oblast, Ukraine", "Donetsk People's Republic", "DNR", "ДНР", "LNR",
                 "Luhansk People's Republic", "ОРДЛО", "Kherson region", "Zaporizhzhia oblast, Ukraine",
                 "Rostov oblast, Russia", "Krasnodar Krai", "Автономна Республіка Крим", "город Севастополь"),
    "a raion": ("Simferopol district, Ukraine", "Bakhchysarai raion", "Volnovakha raion, Donetsk oblast",
                "Kalmiuskyi raion", "Starobilsk raion, Ukraine", "Melitopolskyi raion",
                "Симферопольский район, Крым", "Kakhovka raion, Kherson oblast, Ukraine"),
    "city and region": ("Donetsk, Rostov oblast, Russia", "Donetsk, Donetsk oblast, Ukraine",
                        "Simferopol, Crimea, Russia", "Kherson, Kherson oblast", "Makiivka, DNR",
                        "Alchevsk, LNR, Russia", "Krasnodon, Luhansk oblast, Ukraine",
                        "Kramatorsk, DNR", "Bakhmut, Donetsk oblast", "Kyiv, Crimea"),
    "against the country": ("Simferopol, Russia", "Donetsk, Russia", "Yalta, Russian Federation",
                            "Luhansk, Russia", "Mariupol, Russia", "Kherson, Russia", "Kyiv, Russia",
                            "Sevastopol, Germany", "Simferopol, Turkey", "Tehran, Germany", "Odessa, Texas, USA",
                            "Odessa, TX 79761", "Moscow, Idaho, USA", "Donetsk, Poland", "Havana, IL 62644",
                            "Iran, Syria", "Damascus, Iran", "Georgia, USA", "Crimea, Italy"),
    "namesakes": ("Ivanivka, Ukraine", "Ivanivka, Donetsk oblast, Ukraine", "Ivanivka", "Pervomaisk, Ukraine",
                  "Pervomaisk, Luhansk oblast", "Kirovsk", "Kirovske, Ukraine", "Oleksandrivka, Kherson oblast",
                  "Novoazovsk", "Mykolaivka, Crimea", "Dzhankoi", "Krasnoarmiysk", "Sniezhne", "Torez", "Alushta",
                  "Sudak", "Saki", "Mirny, Russia", "Komsomolsk, Ukraine", "Yasynuvata", "Horlivka", "Debaltseve",
                  "Stanytsia Luhanska", "Shchastia", "Popasna", "Toretsk", "Rubizhne", "Lysychansk", "Sievierodonetsk"),
    "size before a name": ("m. Donetsk", "м. Донецьк", "с. Іванівка, Херсонська область", "смт Новотроїцьке",
                           "с. Николаевка, Крым", "city of Yalta", "village of Yalta", "г. Ялта", "пос. Мирный"),
    "streets and houses": ("Artema 51, Donetsk", "51 Donetska Street, Kyiv", "Simferopolska vul. 4, Dnipro",
                           "ul. Sevastopolskaya 12, Moscow", "Crimea Street 5, Vienna", "Hotel Yalta, Prague",
                           "Krym Trading LLC, Berlin", "Kirova 5, Ukraine", "Kirova pr. Simferopol", "Inkerman Street 3, London",
                           "Simferopol, pr. Kirova 1", "вул. Донецька 7, Львів", "Yalta 33, Zirgan", "Rue de Crimée 10, Paris",
                           "Embassy of Iran, Vienna", "Consulate of Cuba, Madrid", "Embassy of the Islamic Republic of Iran, Moscow"),
    "postcodes": ("83001", "83001 Ukraine", "Ukraine, 95000", "95000 Cergy, France", "Ukraine 98600", "99011, Ukraine", "91000, Ukraine",
                  "73000, Ukraine", "72300 Ukraine", "69000 Ukraine", "01001 Ukraine", "79000 Ukraine", "295000 Russia", "299011",
                  "283001 Russia", "291000 Russia", "272300 Russia", "273000, Россия", "344000 Russia", "101000 Россия", "Ukraine, 84500",
                  "Ukraine, 87500", "298600, Ялта", "Ukraine 86000", "Ukraine 94000"),
    "telephones": ("+380 62 345 6789", "+380 65 225 1234", "+380692 123456", "+38064 2512345", "00380 552 123456", "+38061 7654321",
                   "+380 71 123 4567", "+7 978 123 45 67", "+7 365 225 1234", "+7 8692 54 1234", "+7 949 123 4567", "+7 959 123 4567",
                   "+7 856 123 4567", "+7 857 123 4567", "+380 44 123 4567", "+98 21 1234 5678", "+53 7 123 4567", "+963 11 123 4567",
                   "+850 2 123 4567", "+249 183 123 456", "+49 30 1234567", "Office 5, +380 62 345 6789, Ukraine"),
    "coordinates": ("48.0159, 37.8028", "44.9521, 34.1024", "44.6167 N, 33.5254 E", "48.0159 S, 37.8028 E", "37.8028, 48.0159",
                    "35.6892, 51.3890", "0.5, -30.5", "46.6354, 32.6169", "48.574 39.307", "-33.8688, 151.2093", "55.7558, 37.6173"),
    "other countries' writing": ("Syria, VA 22743, USA", "12 Crimea Rd, NSW 2160", "5 Iran St, London SW1A 1AA", "Havana St, Toronto M5V 2T6",
                                 "Cuba, NY 14727", "Damascus, MD 20872-1234", "Moscow, PA", "Yalta QLD, Australia", "Odessa, FL 33556"),
    "slips": ("Simferpol, Ukraine", "Donetzk, Ukraine", "Sevastopl", "Melitopl, Ukraine", "Enerhodarr", "Mariupoll", "Lugankk"),
    "look-alikes and odd text": ("Дoнeцк, Украина", "ДОНЕЦЬК", "donetsk;ukraine", "Donetsk / Ukraine", "(Yalta)", "Yalta\nCrimea", "",
                                 "  ", "12345", "n/a", "c/o John Yalta, Berlin", "P.O. Box 12, Tehran", "Аvtonomna Respublika Krym"),
    "several": ("Donetsk and Kyiv", "Kyiv, Donetsk", "Simferopol - Moscow", "Luhansk, Lviv, Ukraine", "Kherson or Mykolaiv"),
    "accounts": ("IR06 2960 0000 0010 0324 2000 01", "DE89370400440532013000, Berlin", "SY12 0000"),
}  # fmt: skip

#: Fields, as forms and ISO 20022 write them.
FIELDS: tuple[dict[str, Any], ...] = (
    {"TwnNm": "Donetsk", "Ctry": "UA"},
    {"TwnNm": "Donetsk", "Ctry": "RU"},
    {"TwnNm": "Simferopol", "PstCd": "295000", "Ctry": "RU"},
    {"StrtNm": "Yalta Street", "BldgNb": "4", "TwnNm": "Vienna", "Ctry": "AT"},
    {"StrtNm": "Yalta", "TwnNm": "", "Ctry": "UA"},
    {"AdrLine": ["ul. Lenina 1", "Sevastopol", "Russia"]},
    {"CtrySubDvsn": "Crimea", "Ctry": "UA"},
    {"CtrySubDvsn": "Donetsk", "Ctry": "Ukraine"},
    {"city": "Luhansk", "country": "Atlantis"},
    {"city": "Yalta", "country": "Iran"},
    {"building": "Hotel Crimea", "city": "Prague"},
    {"birthPlace": "Yalta"},
    {"country": "IR"},
    {"country": "UA", "phone": "+380 62 345 6789"},
    {"country": "UA", "phone": "+380711234567"},
    {"country": "DE", "phone": ["0985551234", "985551234"]},
    {"iban": "IR062960000000100324200001"},
    {"bic": "BMJIIRTH"},
    {"BICFI": "DEUTDEFF", "TwnNm": "Havana"},
    {"city": "Kyiv", "ip_city": "Donetsk", "ip_country": "UA"},
    {"country": "UA", "ip_region": "Crimea"},
    {"ip_country": "SY"},
    {"lat": 48.0159, "lon": 37.8028},
    {"lat": "44.95", "lon": "34.10", "country": "RU"},
    {"lat": 37.8028, "lon": 48.0159, "country": "UA"},
    {"city": "Kyiv", "lat": 44.9521, "lon": 34.1024},
    {"postcode": "83001", "country": "UA"},
    {"zip": "95000", "country": "FR"},
    {"district": "Simferopol", "country": "UA"},
    {"unknownField": "Yalta", "country": "UA"},
)

#: Days on which law and control differ: before, the day and the day after, and later; the last
#: is after the end of the official list.
DAYS = ("2014-12-18", "2014-12-19", "2022-02-20", "2022-02-21", "2022-02-23", "2022-02-24", "2022-09-30",
        "2022-10-06", "2022-11-12", "2023-01-15", "2025-06-30", "2025-07-01", "2026-11-01")  # fmt: skip
#: Addresses whose verdict is computed for every day.
EVERY_DAY: tuple[Any, ...] = (
    "Donetsk", "Luhansk", "Simferopol", "Sevastopol", "Kherson", "Melitopol", "Mariupol", "Bakhmut",
    "Enerhodar", "Zaporizhzhia", "Sievierodonetsk", "Kramatorsk", "Kharkiv", "Izium", "Snake Island",
    "Donetsk oblast", "DNR", "Kherson oblast", "Crimea", "Ukraine", "Russia", "Iran", "Syria", "Sudan", "Cuba",
    "Avdiivka", "Vuhledar", "Toretsk", "Chasiv Yar", "Kupiansk", "Huliaipole", "Orikhiv", "Kakhovka",
    "Nova Kakhovka", "Hola Prystan", "Volnovakha", "Sartana", "Popasna", "Zolote", "Krasnohorivka, Donetsk oblast",
    "Kinburn", "Chornobyl", "Bucha", "Sumy", "Donetsk, Russia", "Kherson, Russia", "Kramatorsk, DNR",
)  # fmt: skip

#: Points: cities and villages on both sides of the line, borders, the sea and the far south.
POINTS = (
    (48.0, 37.8), (47.1, 37.55), (48.57, 39.3), (46.65, 32.6), (47.84, 35.14), (45.0, 34.1), (44.6, 33.5),
    (50.45, 30.5), (46.0, 30.9), (47.3, 38.9), (52.1, 23.7), (47.0, 35.4), (48.6, 38.0), (43.5, 29.02),
    (43.5, 29.04), (46.2, 33.6), (46.75, 33.37), (47.78, 37.25), (48.95, 38.5), (44.39, 34.0), (45.36, 36.47),
    (49.99, 36.23), (48.72, 37.55), (47.47, 36.26), (-48.0, 37.8), (64.15, -21.9), (35.69, 51.39), (23.1, -82.4),
    (39.03, 125.75), (0.0, 179.9), (-17.7, -179.9), (89.9, 0.0),
)  # fmt: skip
