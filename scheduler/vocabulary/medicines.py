"""Medicines that rules ask about or that matter beside a treatment of the study, by generic name, with what else they are called.

Generic names are the international ones (INN), where the United States differ theirs is a synonym. Brand names are some of those
in use. A medicine that is not listed is taken as it is written: there are thousands.
"""

from __future__ import annotations

from functools import lru_cache

from scheduler.said import said, text_of
from scheduler.vocabulary.looking_up import folded, read_table

# name | other names | Chinese names, our own
_TABLE = """
prednisone | prednison, Deltasone, Decortin, Rectodelt | 泼尼松, 强的松
prednisolone | prednisolon, Decortin H, Orapred, Prelone | 泼尼松龙, 强的松龙
methylprednisolone | methylprednisolon, Medrol, Solu-Medrol, Urbason, Depo-Medrol | 甲泼尼龙, 甲基强的松龙, 美卓乐, 甲强龙
dexamethasone | dexamethason, Decadron, Fortecortin | 地塞米松
hydrocortisone | hydrocortison, Cortef, Solu-Cortef | 氢化可的松
betamethasone | betamethason, Celestone | 倍他米松
triamcinolone | triamcinolon, Kenalog | 曲安奈德
budesonide | budesonid, Entocort, Budenofalk | 布地奈德
cortisone | cortison, cortisone acetate, Cortone | 可的松
deflazacort | Calcort, Emflaza | 地夫可特
fludrocortisone | fludrocortison, Florinef, Astonin H | 氟氢可的松
infliximab | Remicade | 英夫利西单抗
tocilizumab | Actemra, RoActemra | 托珠单抗
mycophenolate mofetil | mycophenolate, MMF, CellCept | 吗替麦考酚酯
tacrolimus | Prograf | 他克莫司
ciclosporin | cyclosporine, cyclosporin, Sandimmune, Neoral | 环孢素
azathioprine | Imuran | 硫唑嘌呤
levothyroxine | L-thyroxine, thyroxine, Euthyrox, Synthroid | 左甲状腺素
warfarin | Coumadin, Marevan | 华法林
phenprocoumon | Marcumar |
rivaroxaban | Xarelto | 利伐沙班
apixaban | Eliquis | 阿哌沙班
dabigatran | Pradaxa | 达比加群
enoxaparin | Clexane, Lovenox | 依诺肝素
acetylsalicylic acid | aspirin, ASA, ASS | 阿司匹林
clopidogrel | Plavix | 氯吡格雷
paracetamol | acetaminophen, Tylenol, Panadol | 对乙酰氨基酚
ibuprofen | Advil, Nurofen | 布洛芬
omeprazole | Prilosec, Losec | 奥美拉唑
esomeprazole | Nexium | 艾司奥美拉唑
pantoprazole | Protonix, Pantozol | 泮托拉唑
lansoprazole | Prevacid | 兰索拉唑
rabeprazole | Pariet | 雷贝拉唑
amlodipine | Norvasc | 氨氯地平
nifedipine | Adalat | 硝苯地平
metoprolol | Betaloc, Beloc | 美托洛尔
bisoprolol | Concor | 比索洛尔
enalapril | Vasotec | 依那普利
ramipril | Altace | 雷米普利
losartan | Cozaar | 氯沙坦
valsartan | Diovan | 缬沙坦
furosemide | Lasix, frusemide | 呋塞米
spironolactone | Aldactone | 螺内酯
metformin | Glucophage | 二甲双胍
insulin | | 胰岛素
atorvastatin | Lipitor, Sortis | 阿托伐他汀
simvastatin | Zocor | 辛伐他汀
ketoconazole | Nizoral | 酮康唑
itraconazole | Sporanox | 伊曲康唑
voriconazole | Vfend | 伏立康唑
fluconazole | Diflucan | 氟康唑
clarithromycin | Klacid, Biaxin | 克拉霉素
rifampicin | rifampin, Rifadin | 利福平
phenytoin | Dilantin | 苯妥英
carbamazepine | Tegretol | 卡马西平
phenobarbital | phenobarbitone | 苯巴比妥
St John's wort | Hypericum, Johanniskraut | 圣约翰草
entecavir | Baraclude | 恩替卡韦
tenofovir | Viread, Vemlidy | 替诺福韦
loperamide | Imodium | 洛哌丁胺
ondansetron | Zofran | 昂丹司琼
metoclopramide | Reglan, Maxolon | 甲氧氯普胺
morphine | MST | 吗啡
oxycodone | OxyContin | 羟考酮
filgrastim | G-CSF, Neupogen | 非格司亭
pegfilgrastim | Neulasta | 培非格司亭
"""

MEDICINES = read_table(text_of(said("a medicine")), _TABLE)
"""Medicines by generic name."""

GLUCOCORTICOIDS = frozenset(
    {
        "prednisone",
        "prednisolone",
        "methylprednisolone",
        "dexamethasone",
        "hydrocortisone",
        "betamethasone",
        "triamcinolone",
        "budesonide",
        "cortisone",
        "deflazacort",
    }
)
"""Steroids that suppress the immune system when they act in the whole body (ATC class H02AB), by generic name."""

MOST_IN_A_DAY = {
    "prednisone": 1500,
    "prednisolone": 1500,
    "methylprednisolone": 2000,
    "dexamethasone": 200,
    "hydrocortisone": 2000,
    "betamethasone": 200,
}
"""mg a day, by generic name: our own and wide, above the pulses that are given for some days. Beyond it a slip is likelier."""

ORDINARY_IN_A_DAY = {
    "prednisone": 200,
    "prednisolone": 200,
    "methylprednisolone": 160,
    "dexamethasone": 30,
    "hydrocortisone": 800,
    "betamethasone": 24,
    "cortisone": 1000,
    "deflazacort": 240,
}
"""mg a day of a course for a reaction, by generic name: our own, 2 mg of prednisone for each kg of a patient of 100 kg, and about
as much of the others. Up to it ten times the dose before is ordinary: 5 mg of prednisone for years, then 60 mg for a colitis."""


@lru_cache(maxsize=1024)
def generic_name(text: str) -> str:
    """What a medicine is compared by: its generic name where it is listed, else the words as written."""
    return (MEDICINES.named(text) or folded(text)).casefold()


def medicines_meant(text: str) -> tuple[str, ...]:
    """The listed medicines that are likely meant by a word that is none: misspelt, or cut short, such as "predn"."""
    begun = MEDICINES.beginning(text) if len(folded(text)) >= _SHORTEST else ()
    return tuple(dict.fromkeys((*MEDICINES.nearest(text), *begun)))[:_OFFERED]


_SHORTEST, _OFFERED = 4, 3
"""So many letters of a name say which one is meant; so many are offered."""
