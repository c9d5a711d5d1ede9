"""The infections of CTCAE v5.0, a group that a rule may name as a whole: the class "Infections and infestations"."""

from __future__ import annotations

from scheduler.ctcae.term import read_terms

INFECTIONS = read_terms("""
Abdominal infection | 2-5
Anorectal infection | 1-5
Appendicitis | 3-5
Appendicitis perforated | 3-5
Arteritis infective | 3-5
Bacteremia | 2-2 | bacteraemia
Biliary tract infection | 2-5 | cholangitis
Bladder infection | 2-5
Bone infection | 2-5
Breast infection | 2-5
Bronchial infection | 2-5
Catheter related infection | 2-5
Cecal infection | 2-5
Cervicitis infection | 2-5
Conjunctivitis infective | 1-4
Corneal infection | 2-5
Cranial nerve infection | 3-5
Cytomegalovirus infection reactivation | 1-5
Device related infection | 2-5
Duodenal infection | 2-5
Encephalitis infection | 3-5
Encephalomyelitis infection | 3-5
Endocarditis infective | 3-5
Endophthalmitis | 2-4
Enterocolitis infectious | 2-5
Epstein-Barr virus infection reactivation | 1-5
Esophageal infection | 2-5
Eye infection | 2-5
Folliculitis | 1-3
Fungemia | 2-3 | fungaemia
Gallbladder infection | 2-5
Gum infection | 1-5
Hepatic infection | 2-5
Hepatitis B reactivation | 1-5
Hepatitis viral | 1-5
Herpes simplex reactivation | 1-5
Infective myositis | 2-5
Joint infection | 2-5
Kidney infection | 2-5
Laryngitis | 2-5
Lip infection | 1-3
Lung infection | 2-5 | pneumonia
Lymph gland infection | 2-5
Mediastinal infection | 3-5
Meningitis | 3-5
Mucosal infection | 1-5
Nail infection | 1-3
Otitis externa | 1-5
Otitis media | 1-5
Ovarian infection | 2-5
Pancreas infection | 3-5
Paronychia | 1-3
Pelvic infection | 2-5
Penile infection | 1-5
Periorbital infection | 2-5
Peripheral nerve infection | 2-5
Peritoneal infection | 3-5
Pharyngitis | 2-5
Phlebitis infective | 1-5
Pleural infection | 2-5
Prostate infection | 2-5
Rash pustular | 2-3
Rhinitis infective | 2-2
Salivary gland infection | 2-5
Scrotal infection | 1-5
Sepsis | 3-5
Shingles | 1-5 | herpes zoster
Sinusitis | 2-5
Skin infection | 1-5 | cellulitis
Small intestine infection | 2-5
Soft tissue infection | 2-5
Splenic infection | 3-5
Stoma site infection | 1-5
Thrush | 1-3 | oral candidiasis
Tooth infection | 2-5
Tracheitis | 2-5
Upper respiratory infection | 2-5
Urethral infection | 2-5
Urinary tract infection | 2-5
Uterine infection | 2-5
Vaginal infection | 1-5
Viremia | 2-3 | viraemia
Vulval infection | 1-5
Wound infection | 1-5
Infections and infestations - Other | 1-5
""")
