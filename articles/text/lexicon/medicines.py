"""Which words name a medicine or a class of medicines."""

import re

# Endings of non-proprietary names (WHO stems) with at least one letter-group before them, and names without a stem.
MEDICINE = (
    r"(?:(?!cholesterol\b)[a-z]{2,20}(?:pril|sartan|olol|statin|gliptin|gliflozin|glutide|mycin|micin|cillin|azole|triptan|xaban|gatran|"
    r"mab|tidine|prazole|setron|dipine|zepam|zolam|gabalin|oxetine|faxine|triptyline|pramine|oxacin|cycline|vir|"
    r"tinib|formin|glinide|glitazone|thiazide|semide|parin|sone|solone|sonide|terol|phylline|barbital|codone|morphone|"
    r"fentanil|caine|profen|coxib|platin|rubicin|dronate|furantoin|trexate|toin|peridone|apine|idone|gepant)s?|"
    r"gabapentin|carbamazepine|lamotrigine|levetiracetam|topiramate|valproate|lithium|aspirin|paracetamol|"
    r"acetaminophen|metformin|warfarin|heparin|insulins?|digoxin|amiodarone|morphine|codeine|tramadol|fentanyl|"
    r"naloxone|methadone|bupropion|mirtazapine|trazodone|sertraline|citalopram|escitalopram|naproxen|diclofenac|"
    r"meloxicam|salbutamol|albuterol|tiotropium|levothyroxine|spironolactone|clopidogrel|ticagrelor|prasugrel|"
    r"trimethoprim|co-trimoxazole|fosfomycin|glyceryl trinitrate|nitroglycerin|colchicine|allopurinol|febuxostat|"
    r"baclofen|tizanidine|capsaicin|botulinum toxin|clozapine|olanzapine|haloperidol|ketamine|propofol|"
    r"epinephrine|adrenaline|montelukast|ezetimibe|tamoxifen|finasteride|tamsulosin|oxytocin|misoprostol|"
    r"antidepressants?|anticonvulsants?|antibiotics?|opioids?|statins?|diuretics?|beta[- ]blockers?|"
    r"ace inhibitors?|nsaids?|ssris?|snris?|tricyclics?|triptans?|anticoagulants?|antiplatelets?|corticosteroids?|"
    r"steroids|benzodiazepines?|antipsychotics?|bisphosphonates?|gabapentinoids?|vaccines?|antivirals?|"
    r"antihistamines?|laxatives?|bronchodilators?|thiazides?|sulfonylureas?)"
)

_MEDICINE = re.compile(rf"\b{MEDICINE}\b", re.IGNORECASE)


def medicines(words: str) -> frozenset[str]:
    """Return the medicines and classes that these words name, in small letters."""
    return frozenset(found[0].casefold() for found in _MEDICINE.finditer(words))
