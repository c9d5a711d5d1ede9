"""Bleedings, perforations and fistulas in CTCAE v5.0, each as a group that a rule may name as a whole."""

from __future__ import annotations

from scheduler.ctcae.term import read_terms

BLEEDING = read_terms("""
Anal hemorrhage | 1-5 | anal haemorrhage
Bronchopulmonary hemorrhage | 1-5 | bronchopulmonary haemorrhage, haemoptysis, hemoptysis
Cecal hemorrhage | 1-5 | caecal haemorrhage
Colonic hemorrhage | 1-5 | colonic haemorrhage
Duodenal hemorrhage | 1-5 | duodenal haemorrhage
Epistaxis | 1-5 | nosebleed
Esophageal hemorrhage | 1-5 | oesophageal haemorrhage
Esophageal varices hemorrhage | 2-5 | oesophageal varices haemorrhage
Gastric hemorrhage | 1-5 | gastric haemorrhage
Hematoma | 1-5 | haematoma
Hematuria | 1-5 | haematuria
Hemorrhoidal hemorrhage | 1-5 | haemorrhoidal haemorrhage
Hepatic hemorrhage | 1-5 | hepatic haemorrhage
Ileal hemorrhage | 1-5 | ileal haemorrhage
Intestinal stoma site bleeding | 1-5 |
Intra-abdominal hemorrhage | 2-5 | intra-abdominal haemorrhage
Intracranial hemorrhage | 1-5 | intracranial haemorrhage, cerebral haemorrhage
Jejunal hemorrhage | 1-5 | jejunal haemorrhage
Laryngeal hemorrhage | 1-5 | laryngeal haemorrhage
Lower gastrointestinal hemorrhage | 1-5 | lower gastrointestinal haemorrhage
Mediastinal hemorrhage | 1-5 | mediastinal haemorrhage
Oral hemorrhage | 1-5 | oral haemorrhage
Pancreatic hemorrhage | 1-5 | pancreatic haemorrhage
Pharyngeal hemorrhage | 1-5 | pharyngeal haemorrhage
Pleural hemorrhage | 1-5 | pleural haemorrhage
Postprocedural hemorrhage | 1-5 | postprocedural haemorrhage
Rectal hemorrhage | 1-5 | rectal haemorrhage
Renal hemorrhage | 1-5 | renal haemorrhage
Retroperitoneal hemorrhage | 2-5 | retroperitoneal haemorrhage
Tracheal hemorrhage | 1-5 | tracheal haemorrhage
Tumor hemorrhage | 1-5 | tumour haemorrhage
Upper gastrointestinal hemorrhage | 1-5 | upper gastrointestinal haemorrhage
Uterine hemorrhage | 1-5 | uterine haemorrhage
Vaginal hemorrhage | 1-5 | vaginal haemorrhage
Vitreous hemorrhage | 1-4 | vitreous haemorrhage
""")

PERFORATION_OR_FISTULA = read_terms("""
Anal fistula | 1-5 |
Bladder perforation | 2-5 |
Biliary fistula | 2-5 |
Bronchial fistula | 1-5 |
Bronchopleural fistula | 1-5 |
Colonic fistula | 2-5 |
Colonic perforation | 2-5 |
Duodenal fistula | 2-5 |
Duodenal perforation | 2-5 |
Enterovesical fistula | 2-5 |
Esophageal fistula | 2-5 | oesophageal fistula
Esophageal perforation | 2-5 | oesophageal perforation
Gallbladder fistula | 2-5 |
Gallbladder perforation | 3-5 |
Gastric fistula | 2-5 |
Gastric perforation | 2-5 |
Gastrointestinal fistula | 2-5 |
Ileal fistula | 2-5 |
Ileal perforation | 2-5 |
Jejunal fistula | 2-5 |
Jejunal perforation | 2-5 |
Pancreatic fistula | 2-5 |
Perforation bile duct | 3-5 | bile duct perforation
Pleural fistula | 2-5 | pulmonary fistula
Rectal fistula | 2-5 |
Rectal perforation | 2-5 |
Small intestinal perforation | 2-5 |
Tracheal fistula | 1-5 |
Urinary fistula | 2-5 |
Vaginal fistula | 2-5 |
""")
