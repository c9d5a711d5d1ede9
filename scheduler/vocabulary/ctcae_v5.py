"""CTCAE v5.0: all 837 terms by system organ class, and which grades each has.

Written by tests/vocabulary/ctcae_module.py.

Source: National Cancer Institute, Common Terminology Criteria for Adverse Events (CTCAE) version 5.0, 27 November 2017, the
workbook; a work of the United States government. Names and grades are facts; the wording of grades is left out.

A line without a number begins a class. Before the colon stand the grades that exist, ten terms have gaps; after it the terms.
"""

TEXT = """\
Blood and lymphatic system disorders
123: Lymph node pain
12345: Anemia; Blood and lymphatic system disorders - Other, specify; Bone marrow hypocellular; Hemolysis
13: Eosinophilia
2345: Disseminated intravascular coagulation; Methemoglobinemia
345: Febrile neutropenia; Hemolytic uremic syndrome; Leukocytosis; Thrombotic thrombocytopenic purpura
Cardiac disorders
12: Atrioventricular block first degree; Palpitations
123: Chest pain - cardiac; Sinus tachycardia
12345: Aortic valve disease; Atrial fibrillation; Atrial flutter; Cardiac disorders - Other, specify;
  Conduction disorder; Heart failure; Mitral valve disease; Mobitz (type) II atrioventricular block; Mobitz type I;
  Paroxysmal atrial tachycardia; Pericarditis; Pulmonary valve disease; Restrictive cardiomyopathy;
  Right ventricular dysfunction; Sick sinus syndrome; Sinus bradycardia; Supraventricular tachycardia;
  Tricuspid valve disease; Ventricular arrhythmia
145: Asystole
2: Cyanosis
2345: Atrioventricular block complete; Myocardial infarction; Myocarditis; Pericardial effusion; Ventricular tachycardia
345: Left ventricular systolic dysfunction
45: Cardiac arrest; Pericardial tamponade; Ventricular fibrillation
Congenital, familial and genetic disorders
12345: Congenital, familial and genetic disorders - Other, specify
Ear and labyrinth disorders
123: Ear pain; External ear pain; Tinnitus; Vertigo
1234: Hearing impaired
12345: Ear and labyrinth disorders - Other, specify; Middle ear inflammation
23: Vestibular disorder
Endocrine disorders
12: Hyperparathyroidism; Precocious puberty; Testosterone deficiency; Virilization
123: Cushingoid
12345: Adrenal insufficiency; Endocrine disorders - Other, specify; Hyperthyroidism; Hypoparathyroidism; Hypophysitis;
  Hypopituitarism; Hypothyroidism
2: Growth accelerated
23: Delayed puberty
Eye disorders
12: Retinal tear
123: Dry eye; Eye pain; Eyelid function disorder; Flashing lights; Floaters; Periorbital edema; Photophobia
1234: Blurred vision; Cataract; Extraocular muscle paresis; Eye disorders - Other, specify; Glaucoma; Keratitis;
  Night blindness; Optic nerve disorder; Papilledema; Retinopathy; Scleral disorder; Uveitis; Vitreous hemorrhage;
  Watering eyes
23: Retinal vascular disorder
234: Vision decreased
34: Corneal ulcer; Retinal detachment
Gastrointestinal disorders
1: Tooth discoloration
12: Belching; Bloating; Flatulence
123: Abdominal distension; Abdominal pain; Anal fissure; Anal mucositis; Anal pain; Cheilitis; Dental caries; Dry mouth;
  Dyspepsia; Esophageal pain; Fecal incontinence; Gastroesophageal reflux disease; Gastrointestinal pain; Gingival pain;
  Hemorrhoids; Lip pain; Nausea; Oral dysesthesia; Oral pain; Periodontal disease; Rectal fissure; Rectal pain;
  Stomach pain; Tooth development disorder; Toothache
1234: Gastroparesis
12345: Anal fistula; Anal hemorrhage; Anal stenosis; Anal ulcer; Ascites; Cecal hemorrhage; Chylous ascites; Colitis;
  Colonic fistula; Colonic hemorrhage; Colonic obstruction; Colonic stenosis; Colonic ulcer; Constipation; Diarrhea;
  Duodenal fistula; Duodenal hemorrhage; Duodenal obstruction; Duodenal stenosis; Duodenal ulcer; Dysphagia;
  Enterocolitis; Enterovesical fistula; Esophageal fistula; Esophageal hemorrhage; Esophageal obstruction;
  Esophageal stenosis; Esophageal ulcer; Esophagitis; Gastric fistula; Gastric hemorrhage; Gastric stenosis;
  Gastric ulcer; Gastritis; Gastrointestinal disorders - Other, specify; Gastrointestinal fistula;
  Hemorrhoidal hemorrhage; Ileal fistula; Ileal hemorrhage; Ileal obstruction; Ileal stenosis; Ileal ulcer; Ileus;
  Jejunal fistula; Jejunal hemorrhage; Jejunal obstruction; Jejunal stenosis; Jejunal ulcer;
  Lower gastrointestinal hemorrhage; Mucositis oral; Obstruction gastric; Oral cavity fistula; Oral hemorrhage;
  Pancreatic duct stenosis; Pancreatic fistula; Pancreatic hemorrhage; Proctitis; Rectal fistula; Rectal hemorrhage;
  Rectal mucositis; Rectal obstruction; Rectal stenosis; Rectal ulcer; Salivary duct inflammation;
  Salivary gland fistula; Small intestinal mucositis; Small intestinal obstruction; Small intestinal stenosis;
  Small intestine ulcer; Upper gastrointestinal hemorrhage; Vomiting
2345: Colonic perforation; Duodenal perforation; Esophageal perforation; Esophageal varices hemorrhage;
  Gastric perforation; Ileal perforation; Intra-abdominal hemorrhage; Jejunal perforation; Malabsorption; Pancreatitis;
  Rectal perforation; Retroperitoneal hemorrhage; Small intestinal perforation; Visceral arterial ischemia
345: Anal necrosis; Esophageal necrosis; Gastric necrosis; Pancreatic necrosis; Peritoneal necrosis; Rectal necrosis;
  Typhlitis
General disorders and administration site conditions
12: Vaccination site lymphadenopathy
123: Chills; Edema face; Edema limbs; Edema trunk; Facial pain; Fatigue; Flu like symptoms; Gait disturbance;
  Localized edema; Malaise; Non-cardiac chest pain; Pain
1234: Generalized edema; Neck edema
12345: Fever; General disorders and administration site conditions - Other, specify; Infusion site extravasation;
  Injection site reaction
2345: Hypothermia
345: Multi-organ failure
4: Death neonatal
5: Death NOS; Disease progression; Sudden death NOS
Hepatobiliary disorders
123: Gallbladder pain; Hepatic pain
12345: Bile duct stenosis; Gallbladder fistula; Gallbladder obstruction; Hepatic hemorrhage;
  Hepatobiliary disorders - Other, specify
2345: Biliary fistula; Budd-Chiari syndrome; Cholecystitis; Portal hypertension; Portal vein thrombosis;
  Sinusoidal obstruction syndrome
345: Hepatic failure; Perforation bile duct
45: Gallbladder necrosis; Gallbladder perforation; Hepatic necrosis
Immune system disorders
12345: Allergic reaction; Autoimmune disorder; Cytokine release syndrome; Immune system disorders - Other, specify;
  Serum sickness
345: Anaphylaxis
Infections and infestations
123: Folliculitis; Lip infection; Nail infection; Paronychia; Thrush
1234: Conjunctivitis
12345: Anorectal infection; Cytomegalovirus infection reactivation; Epstein-Barr virus infection reactivation;
  Gum infection; Hepatitis B reactivation; Hepatitis viral; Herpes simplex reactivation;
  Infections and infestations - Other, specify; Mucosal infection; Myelitis; Otitis externa; Papulopustular rash;
  Penile infection; Phlebitis infective; Scrotal infection; Shingles; Skin infection; Stoma site infection;
  Vaginal infection; Vulval infection; Wound infection
2: Bacteremia; Rhinitis infective
23: Fungemia; Rash pustular; Viremia
234: Conjunctivitis infective; Endophthalmitis
2345: Abdominal infection; Biliary tract infection; Bladder infection; Bone infection; Breast infection;
  Bronchial infection; Catheter related infection; Cecal infection; Cervicitis infection; Corneal infection;
  Device related infection; Duodenal infection; Enterocolitis infectious; Esophageal infection; Eye infection;
  Gallbladder infection; Hepatic infection; Infective myositis; Joint infection; Kidney infection; Laryngitis;
  Lung infection; Lymph gland infection; Otitis media; Ovarian infection; Pelvic infection; Periorbital infection;
  Peripheral nerve infection; Pharyngitis; Pleural infection; Prostate infection; Salivary gland infection; Sinusitis;
  Small intestine infection; Soft tissue infection; Tooth infection; Tracheitis; Upper respiratory infection;
  Urethral infection; Urinary tract infection; Uterine infection
345: Appendicitis; Appendicitis perforated; Arteritis infective; Cranial nerve infection; Encephalitis infection;
  Encephalomyelitis infection; Endocarditis infective; Mediastinal infection; Meningitis; Pancreas infection;
  Peritoneal infection; Sepsis; Splenic infection
Injury, poisoning and procedural complications
12: Bruising
123: Ankle fracture; Fall; Seroma; Stomal ulcer; Wrist fracture
1234: Vaccination complication
12345: Arterial injury; Biliary anastomotic leak; Bladder anastomotic leak; Burn; Dermatitis radiation;
  Esophageal anastomotic leak; Fallopian tube anastomotic leak; Fracture; Gastric anastomotic leak;
  Gastrointestinal anastomotic leak; Infusion related reaction; Injury to inferior vena cava;
  Injury to superior vena cava; Injury, poisoning and procedural complications - Other, specify; Intestinal stoma leak;
  Intestinal stoma site bleeding; Intraoperative arterial injury; Intraoperative breast injury;
  Intraoperative ear injury; Intraoperative endocrine injury; Intraoperative gastrointestinal injury;
  Intraoperative head and neck injury; Intraoperative hepatobiliary injury; Intraoperative musculoskeletal injury;
  Intraoperative neurological injury; Intraoperative ocular injury; Intraoperative renal injury;
  Intraoperative reproductive tract injury; Intraoperative respiratory injury; Intraoperative urinary injury;
  Intraoperative venous injury; Kidney anastomotic leak; Large intestinal anastomotic leak; Pancreatic anastomotic leak;
  Pharyngeal anastomotic leak; Postoperative hemorrhage; Prolapse of intestinal stoma; Prolapse of urostomy;
  Radiation recall reaction (dermatologic); Rectal anastomotic leak; Small intestinal anastomotic leak;
  Spermatic cord anastomotic leak; Spinal fracture; Tracheal hemorrhage; Tracheal obstruction;
  Tracheostomy site bleeding; Ureteric anastomotic leak; Urethral anastomotic leak; Urostomy leak; Urostomy obstruction;
  Urostomy site bleeding; Uterine anastomotic leak; Vaginal anastomotic leak; Vas deferens anastomotic leak;
  Vascular access complication; Venous injury; Wound complication; Wound dehiscence
234: Hip fracture
2345: Aortic injury; Fallopian tube perforation; Gastrointestinal stoma necrosis; Injury to carotid artery;
  Injury to jugular vein; Intestinal stoma obstruction; Intraoperative splenic injury;
  Postoperative thoracic procedure complication; Stenosis of gastrointestinal stoma; Urostomy stenosis;
  Uterine perforation
345: Intraoperative cardiac injury; Intraoperative hemorrhage
Investigations
1: Blood bicarbonate decreased; Blood lactate dehydrogenase increased; Haptoglobin decreased;
  Thyroid stimulating hormone increased
12: Blood prolactin abnormal; Electrocardiogram T wave abnormal; Growth hormone abnormal
123: Activated partial thromboplastin time prolonged; Blood antidiuretic hormone abnormal;
  Blood corticotrophin decreased; Blood gonadotrophin abnormal; Carbon monoxide diffusing capacity decreased;
  Hemoglobin increased; INR increased; Pancreatic enzymes decreased; Vital capacity abnormal; Weight gain; Weight loss
1234: Alanine aminotransferase increased; Alkaline phosphatase increased; Aspartate aminotransferase increased;
  Blood bilirubin increased; CD4 lymphocytes decreased; Cholesterol high; CPK increased; Creatinine increased;
  Electrocardiogram QT corrected interval prolonged; Fibrinogen decreased; Forced expiratory volume decreased;
  GGT increased; Lipase increased; Lymphocyte count decreased; Neutrophil count decreased; Platelet count decreased;
  Serum amylase increased; White blood cell decreased
12345: Investigations - Other, specify
13: Cardiac troponin I increased; Cardiac troponin T increased
23: Lymphocyte count increased
234: Ejection fraction decreased
34: Urine output decreased
Metabolism and nutrition disorders
1234: Hyperlipidemia
12345: Anorexia; Dehydration; Glucose intolerance; Hypercalcemia; Hyperglycemia; Hyperkalemia; Hypernatremia;
  Hyperphosphatemia; Hypertriglyceridemia; Hypoalbuminemia; Hypocalcemia; Hypoglycemia; Hypokalemia; Hypomagnesemia;
  Hyponatremia; Hypophosphatemia; Metabolism and nutrition disorders - Other, specify
1345: Acidosis; Alkalosis; Hypermagnesemia; Hyperuricemia
234: Obesity
2345: Alcohol intolerance; Iron overload
345: Tumor lysis syndrome
Musculoskeletal and connective tissue disorders
123: Arthralgia; Arthritis; Back pain; Bone pain; Buttock pain; Chest wall pain; Exostosis; Flank pain;
  Generalized muscle weakness; Growth suppression; Joint effusion; Joint range of motion decreased;
  Joint range of motion decreased cervical spine; Joint range of motion decreased lumbar spine; Kyphosis; Lordosis;
  Muscle cramp; Muscle weakness lower limb; Muscle weakness trunk; Muscle weakness upper limb;
  Musculoskeletal deformity; Myalgia; Neck pain; Osteoporosis; Pain in extremity; Rotator cuff injury; Scoliosis;
  Trismus; Unequal limb length
1234: Myositis
12345: Avascular necrosis; Fibrosis deep connective tissue;
  Musculoskeletal and connective tissue disorder - Other, specify; Osteonecrosis; Osteonecrosis of jaw; Rhabdomyolysis;
  Superficial soft tissue fibrosis
2345: Abdominal soft tissue necrosis; Chest wall necrosis; Head soft tissue necrosis; Neck soft tissue necrosis;
  Pelvic soft tissue necrosis; Soft tissue necrosis lower limb; Soft tissue necrosis upper limb
Neoplasms benign, malignant and unspecified (incl cysts and polyps)
12: Skin papilloma
123: Tumor pain
12345: Neoplasms benign, malignant and unspecified (incl cysts and polyps) - Other, specify; Tumor hemorrhage
345: Treatment related secondary malignancy
45: Leukemia secondary to oncology chemotherapy; Myelodysplastic syndrome
Nervous system disorders
1: Anosmia
12: Dysgeusia; Ischemia cerebrovascular; Lethargy; Transient ischemic attacks
123: Abducens nerve disorder; Accessory nerve disorder; Acoustic nerve disorder NOS; Akathisia; Amnesia; Ataxia;
  Brachial plexopathy; Cognitive disturbance; Concentration impairment; Dizziness; Dysarthria; Dysesthesia; Dysphasia;
  Facial muscle weakness; Facial nerve disorder; Headache; Hypersomnia; Hypoglossal nerve disorder; Memory impairment;
  Movements involuntary; Muscle weakness left-sided; Muscle weakness right-sided; Neuralgia; Oculomotor nerve disorder;
  Paresthesia; Phantom pain; Tendon reflex decreased; Tremor; Trigeminal nerve disorder; Trochlear nerve disorder
1234: Peripheral sensory neuropathy
12345: Arachnoiditis; Central nervous system necrosis; Cerebrospinal fluid leakage; Depressed level of consciousness;
  Encephalopathy; Extrapyramidal disorder; Glossopharyngeal nerve disorder; Guillain-Barre syndrome; Hydrocephalus;
  Intracranial hemorrhage; Leukoencephalopathy; Meningismus; Myasthenia gravis;
  Nervous system disorders - Other, specify; Peripheral motor neuropathy; Pyramidal tract syndrome; Radiculitis;
  Recurrent laryngeal nerve palsy; Seizure; Somnolence; Spasticity; Stroke; Vagus nerve disorder
2: Presyncope
23: Nystagmus; Olfactory nerve disorder
2345: Reversible posterior leukoencephalopathy syndrome
3: Aphonia; Syncope
345: Edema cerebral; Spinal cord compression; Vasovagal reaction
Pregnancy, puerperium and perinatal conditions
1234: Premature delivery
12345: Pregnancy, puerperium and perinatal conditions - Other, specify
234: Fetal growth retardation
4: Pregnancy loss
Psychiatric disorders
1: Libido increased
12: Anorgasmia; Delayed orgasm; Libido decreased
123: Euphoria; Insomnia; Irritability; Restlessness
1234: Agitation; Anxiety; Confusion; Personality change; Suicidal ideation
12345: Delirium; Depression; Hallucinations; Mania; Psychiatric disorders - Other, specify; Psychosis
2345: Delusions
345: Suicide attempt
Renal and urinary disorders
1: Dysuria; Glucosuria; Hemoglobinuria; Urine discoloration
12: Urinary frequency; Urinary urgency
123: Bladder spasm; Proteinuria; Renal colic; Urinary incontinence; Urinary tract pain
12345: Chronic kidney disease; Cystitis noninfective; Hematuria; Renal and urinary disorders - Other, specify;
  Renal calculi; Renal hemorrhage; Urinary retention; Urinary tract obstruction
2345: Bladder perforation; Urinary fistula
345: Acute kidney injury; Nephrotic syndrome
Reproductive system and breast disorders
1: Oligospermia
12: Ejaculation disorder; Feminization acquired; Irregular menstruation; Lactation disorder; Nipple deformity;
  Vaginal discharge
123: Breast atrophy; Breast pain; Dysmenorrhea; Dyspareunia; Erectile dysfunction; Fallopian tube obstruction;
  Genital edema; Gynecomastia; Pelvic floor muscle weakness; Pelvic pain; Penile pain; Perineal pain;
  Prostatic obstruction; Prostatic pain; Scrotal pain; Spermatic cord obstruction; Testicular pain; Uterine obstruction;
  Uterine pain; Vaginal dryness; Vaginal obstruction; Vaginal pain
1234: Testicular disorder; Vaginal inflammation
12345: Hematosalpinx; Menorrhagia; Ovarian hemorrhage; Ovarian rupture; Prostatic hemorrhage;
  Reproductive system and breast disorders - Other, specify; Spermatic cord hemorrhage; Testicular hemorrhage;
  Uterine fistula; Uterine hemorrhage; Vaginal fistula; Vaginal hemorrhage
1235: Vaginal stricture
2: Amenorrhea; Azoospermia; Ovulation pain; Premature menopause
2345: Vaginal perforation
Respiratory, thoracic and mediastinal disorders
1: Rhinorrhea
12: Allergic rhinitis; Postnasal drip; Sneezing
123: Cough; Hiccups; Hoarseness; Laryngeal inflammation; Nasal congestion; Oropharyngeal pain; Pharyngolaryngeal pain;
  Pleuritic pain; Productive cough; Sinus pain; Sore throat; Voice alteration
12345: Aspiration; Atelectasis; Bronchial fistula; Bronchial obstruction; Bronchial stricture; Bronchopleural fistula;
  Bronchopulmonary hemorrhage; Bronchospasm; Chylothorax; Dyspnea; Epistaxis; Laryngeal edema; Laryngeal fistula;
  Laryngeal hemorrhage; Laryngeal mucositis; Laryngeal obstruction; Laryngeal stenosis; Laryngopharyngeal dysesthesia;
  Mediastinal hemorrhage; Pharyngeal fistula; Pharyngeal hemorrhage; Pharyngeal mucositis; Pharyngeal stenosis;
  Pleural effusion; Pleural hemorrhage; Pneumonitis; Pneumothorax; Pulmonary edema; Pulmonary fibrosis;
  Pulmonary fistula; Pulmonary hypertension; Respiratory, thoracic and mediastinal disorders - Other, specify;
  Retinoic acid syndrome; Sinus disorder; Sleep apnea; Tracheal fistula; Tracheal mucositis; Tracheal stenosis; Wheezing
2345: Hypoxia; Laryngospasm
345: Adult respiratory distress syndrome; Apnea; Pharyngeal necrosis; Stridor
45: Respiratory failure
Skin and subcutaneous tissue disorders
1: Hair color changes; Hair texture abnormal; Nail changes; Nail discoloration; Nail ridging
12: Alopecia; Body odor; Hirsutism; Hypertrichosis; Nail loss; Skin hyperpigmentation; Skin hypopigmentation;
  Telangiectasia
123: Dry skin; Eczema; Fat atrophy; Hyperhidrosis; Lipohypertrophy; Pain of skin;
  Palmar-plantar erythrodysesthesia syndrome; Pruritus; Purpura; Rash maculo-papular; Scalp pain; Skin atrophy;
  Subcutaneous emphysema; Urticaria
12345: Bullous dermatitis; Erythema multiforme; Photosensitivity; Rash acneiform;
  Skin and subcutaneous tissue disorders - Other, specify; Skin induration; Skin ulceration
13: Hyperkeratosis
2345: Erythroderma; Hypohidrosis
345: Stevens-Johnson syndrome
45: Toxic epidermal necrolysis
Social circumstances
12345: Social circumstances - Other, specify
Surgical and medical procedures
12345: Surgical and medical procedures - Other, specify
Vascular disorders
123: Flushing; Hot flashes; Lymphedema; Lymphocele
12345: Capillary leak syndrome; Hematoma; Hypertension; Hypotension; Superior vena cava syndrome; Thromboembolic event;
  Vascular disorders - Other, specify; Vasculitis
2: Phlebitis; Superficial thrombophlebitis
2345: Lymph leakage; Peripheral ischemia
345: Arterial thromboembolism
"""
