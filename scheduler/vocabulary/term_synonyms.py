"""What people call the terms of CTCAE otherwise. British and American spelling, hyphens and spaces need no line here.

A line is "term | other names | Chinese names"; names are apart by commas. The Chinese names are our own translations.
"""

from __future__ import annotations

SYNONYMS = """
Anemia | haemoglobin low, low hemoglobin, hemoglobin decreased | 贫血
Febrile neutropenia | neutropenic fever, FN | 发热性中性粒细胞减少, 粒缺发热
Thrombotic thrombocytopenic purpura | TTP |
Hemolytic uremic syndrome | HUS |
Disseminated intravascular coagulation | DIC | 弥散性血管内凝血
Neutrophil count decreased | neutropenia, low neutrophils, ANC decreased | 中性粒细胞减少
Platelet count decreased | thrombocytopenia, thrombopenia, low platelets | 血小板减少
Lymphocyte count decreased | lymphopenia, lymphocytopenia | 淋巴细胞减少
White blood cell decreased | leukopenia, WBC decreased, white blood cells decreased | 白细胞减少
Atrial fibrillation | AF, AFib | 房颤, 心房颤动
Chest pain - cardiac | angina pectoris, angina, cardiac chest pain | 心绞痛
Electrocardiogram QT corrected interval prolonged | QTc prolongation, QT prolonged, QT prolongation, QTc prolonged | QT间期延长
Ejection fraction decreased | LVEF decreased | 射血分数降低
Heart failure | cardiac failure, congestive heart failure, CHF | 心力衰竭, 心衰
Hypertension | high blood pressure, HTN, blood pressure increased | 高血压
Hypotension | low blood pressure | 低血压
Myocardial infarction | heart attack, MI, STEMI, NSTEMI | 心肌梗死, 心梗
Myocarditis | immune-related myocarditis, immune mediated myocarditis | 心肌炎
Pericarditis | | 心包炎
Thromboembolic event | thrombosis, pulmonary embolism, deep vein thrombosis, DVT, venous thromboembolism, VTE | 肺栓塞, 血栓
Adrenal insufficiency | adrenocortical insufficiency | 肾上腺皮质功能减退
Hyperthyroidism | overactive thyroid | 甲状腺功能亢进, 甲亢
Hypophysitis | immune-related hypophysitis | 垂体炎
Hypothyroidism | underactive thyroid | 甲状腺功能减退, 甲减
Glucose intolerance | diabetes, diabetes mellitus, type 1 diabetes mellitus | 糖尿病
Hyperglycemia | blood glucose increased, high blood sugar | 高血糖
Hypoglycemia | low blood sugar | 低血糖
Hyponatremia | low sodium | 低钠血症
Hypokalemia | low potassium | 低钾血症
Hyperkalemia | high potassium | 高钾血症
Hypocalcemia | low calcium | 低钙血症
Hypophosphatemia | low phosphate | 低磷血症
Hypomagnesemia | low magnesium | 低镁血症
Hypoalbuminemia | low albumin | 低白蛋白血症
Anorexia | decreased appetite, loss of appetite, appetite decreased | 食欲下降, 厌食
Dehydration | | 脱水
Tumor lysis syndrome | TLS | 肿瘤溶解综合征
Weight loss | weight decreased | 体重下降
Abdominal pain | stomach ache, belly pain | 腹痛
Ascites | | 腹水
Colitis | immune-related colitis, immune mediated colitis | 结肠炎
Constipation | | 便秘
Diarrhea | loose stools | 腹泻
Mucositis oral | stomatitis, oral mucositis | 口腔黏膜炎
Nausea | feeling sick | 恶心
Pancreatitis | | 胰腺炎
Vomiting | emesis | 呕吐
Gastroesophageal reflux disease | GERD, GORD, reflux |
Upper gastrointestinal hemorrhage | upper GI bleed, upper GI bleeding, upper GI hemorrhage | 上消化道出血
Lower gastrointestinal hemorrhage | lower GI bleed, lower GI bleeding, lower GI hemorrhage | 下消化道出血
Rectal hemorrhage | rectal bleeding, haematochezia | 便血, 直肠出血
Gastrointestinal fistula | GI fistula | 胃肠道瘘
Alanine aminotransferase increased | ALT increased, SGPT increased, GPT increased, ALAT increased, ALT elevation | \
谷丙转氨酶升高, 丙氨酸氨基转移酶升高
Aspartate aminotransferase increased | AST increased, SGOT increased, GOT increased, ASAT increased, AST elevation | \
谷草转氨酶升高, 天冬氨酸氨基转移酶升高
Alkaline phosphatase increased | ALP increased | 碱性磷酸酶升高
Blood bilirubin increased | bilirubin increased, hyperbilirubinemia, T-Bil increased | 胆红素升高
GGT increased | gamma-GT increased, gamma glutamyl transferase increased |
Blood lactate dehydrogenase increased | LDH increased |
Hepatic failure | liver failure | 肝功能衰竭
Perforation bile duct | bile duct perforation |
Serum amylase increased | amylase increased | 淀粉酶升高
Lipase increased | | 脂肪酶升高
CPK increased | creatine kinase increased, CK increased | 肌酸激酶升高
Cardiac troponin I increased | troponin I increased |
Cardiac troponin T increased | troponin T increased |
Acute kidney injury | acute renal failure, acute kidney failure, AKI | 急性肾损伤
Chronic kidney disease | CKD |
Creatinine increased | blood creatinine increased | 肌酐升高
Proteinuria | protein in urine | 蛋白尿
Urinary tract infection | UTI | 尿路感染
Allergic reaction | hypersensitivity | 过敏反应
Anaphylaxis | anaphylactic reaction, anaphylactic shock |
Cytokine release syndrome | CRS | 细胞因子释放综合征
Infusion related reaction | infusion reaction, IRR, infusion-related reactions | 输液反应, 输注相关反应
Guillain-Barre syndrome | Guillain-Barré syndrome, GBS |
Headache | | 头痛
Dizziness | lightheadedness | 头晕
Myasthenia gravis | | 重症肌无力
Paresthesia | tingling, pins and needles | 感觉异常
Peripheral sensory neuropathy | sensory neuropathy |
Peripheral motor neuropathy | motor neuropathy |
Reversible posterior leukoencephalopathy syndrome | RPLS, PRES, posterior reversible encephalopathy syndrome | \
可逆性后部白质脑病综合征
Seizure | fit, convulsion | 癫痫发作
Stroke | cerebrovascular accident, CVA | 脑卒中
Transient ischemic attacks | TIA, transient ischemic attack |
Dysgeusia | taste altered, taste disorder | 味觉障碍
Intracranial hemorrhage | cerebral hemorrhage, intracranial bleeding, brain hemorrhage | 颅内出血
Dyspnea | shortness of breath, SOB, breathlessness | 呼吸困难
Cough | | 咳嗽
Hoarseness | dysphonia | 声音嘶哑
Bronchopulmonary hemorrhage | hemoptysis, pulmonary hemorrhage | 咯血
Epistaxis | nosebleed, nose bleed | 鼻出血, 鼻衄
Pleural effusion | | 胸腔积液
Pneumonitis | ILD, interstitial lung disease, immune-related pneumonitis, immune mediated pneumonitis, radiation pneumonitis, \
interstitial pneumonitis | 间质性肺病, 免疫相关性肺炎, 放射性肺炎
Pulmonary fistula | pleural fistula |
Adult respiratory distress syndrome | ARDS, acute respiratory distress syndrome |
Alopecia | hair loss | 脱发
Dermatitis radiation | radiation dermatitis, radiodermatitis | 放射性皮炎
Dry skin | xerosis | 皮肤干燥
Palmar-plantar erythrodysesthesia syndrome | hand-foot skin reaction, hand-foot syndrome, HFSR, HFS, PPE, PPES | \
手足综合征, 手足皮肤反应
Pruritus | itching, itch | 瘙痒
Rash maculo-papular | rash, maculopapular rash, rash maculopapular | 皮疹, 斑丘疹
Rash acneiform | acneiform rash, acne-like rash | 痤疮样皮疹
Stevens-Johnson syndrome | SJS |
Toxic epidermal necrolysis | TEN, Lyell syndrome | 中毒性表皮坏死松解症
Urticaria | hives | 荨麻疹
Arthralgia | joint pain | 关节痛
Myalgia | muscle pain | 肌痛
Myositis | immune-related myositis | 肌炎
Fatigue | tiredness, asthenia | 乏力, 疲劳
Fever | pyrexia | 发热
Edema limbs | peripheral edema, leg edema | 肢体水肿
Multi-organ failure | multiple organ failure, MOF |
Bacteremia | | 菌血症
Biliary tract infection | cholangitis | 胆管炎
Bladder infection | cystitis infective |
Lung infection | pneumonia | 肺部感染
Sepsis | septicemia, septic shock | 脓毒症, 败血症
Shingles | herpes zoster | 带状疱疹
Skin infection | cellulitis | 皮肤感染
Thrush | oral candidiasis, oral thrush | 鹅口疮
Upper respiratory infection | URTI, upper respiratory tract infection | 上呼吸道感染
Postoperative hemorrhage | postprocedural hemorrhage, postoperative bleeding | 术后出血
Tumor hemorrhage | tumor bleeding | 肿瘤出血
Vaginal hemorrhage | vaginal bleeding | 阴道出血
Hematoma | | 血肿
Hematuria | blood in urine | 血尿
Infections and infestations - Other, specify | Infections and infestations - Other |
Musculoskeletal and connective tissue disorder - Other, specify | \
Musculoskeletal and connective tissue disorders - Other, specify |
"""

_LIVER = ("Hepatic failure", "Alanine aminotransferase increased", "Aspartate aminotransferase increased")

EITHER = {
    "Acute coronary syndrome": ("Myocardial infarction", "Chest pain - cardiac"),
    "ACS": ("Myocardial infarction", "Chest pain - cardiac"),
    "cardiac ischemia": ("Myocardial infarction", "Chest pain - cardiac"),
    "unstable angina": ("Myocardial infarction", "Chest pain - cardiac"),
    "nephritis": ("Acute kidney injury", "Creatinine increased"),
    "immune-related nephritis": ("Acute kidney injury", "Creatinine increased"),
    "drug-induced liver injury": _LIVER,
    "immune-related hepatitis": _LIVER,
    "immune-mediated hepatitis": _LIVER,
    "GI bleed": ("Upper gastrointestinal hemorrhage", "Lower gastrointestinal hemorrhage"),
    "GI bleeding": ("Upper gastrointestinal hemorrhage", "Lower gastrointestinal hemorrhage"),
    "gastrointestinal bleeding": ("Upper gastrointestinal hemorrhage", "Lower gastrointestinal hemorrhage"),
    "gastrointestinal hemorrhage": ("Upper gastrointestinal hemorrhage", "Lower gastrointestinal hemorrhage"),
    "GI perforation": ("Colonic perforation", "Small intestinal perforation", "Gastric perforation"),
    "gastrointestinal perforation": ("Colonic perforation", "Small intestinal perforation", "Gastric perforation"),
    "bowel perforation": ("Colonic perforation", "Small intestinal perforation", "Rectal perforation"),
    "troponin increased": ("Cardiac troponin I increased", "Cardiac troponin T increased"),
    "肌钙蛋白升高": ("Cardiac troponin I increased", "Cardiac troponin T increased"),
    "peripheral neuropathy": ("Peripheral sensory neuropathy", "Peripheral motor neuropathy"),
    "周围神经病变": ("Peripheral sensory neuropathy", "Peripheral motor neuropathy"),
    "消化道出血": ("Upper gastrointestinal hemorrhage", "Lower gastrointestinal hemorrhage"),
}
"""Words that may be either of some terms. They are taken as they are: rules on any one of the terms read them too."""
