"""Pairs of a professional and a plain text, in our own words: which agree in their numbers and which do not."""

# ruff: noqa: E501

AGREE = [
    (
        "Give gabapentin 300 mg three times daily.",
        "Take 300 mg of gabapentin 3 times a day.",
    ),
    (
        "Gabapentin 300 mg TID",
        "You take 900 mg of gabapentin a day in total.",
    ),
    (
        "Gabapentin 900 mg/day in three divided doses",
        "Take 300 mg of gabapentin three times a day.",
    ),
    (
        "Amoxicillin 0.5 g q8h for 7 days",
        "Take 500 mg of amoxicillin every 8 hours for one week.",
    ),
    (
        "Levothyroxine 50 mcg daily",
        "Take 50 micrograms of levothyroxine once a day",
    ),
    (
        "Levothyroxine 0.05 mg daily",
        "Take 50 micrograms of levothyroxine every day",
    ),
    (
        "Duloxetine 60 mg once daily; the maximum is 120 mg/day.",
        "The usual dose of Cymbalta is 60 mg once a day, and never more than 120 mg a day.",
    ),
    (
        "Gabapentin 300–600 mg three times daily",
        "Take up to 600 mg of gabapentin three times a day.",
    ),
    (
        "Gabapentin 300–600 mg three times daily",
        "Take 300 to 600 mg of gabapentin three times a day.",
    ),
    (
        "Gabapentin 300–600 mg three times daily",
        "Take between 300 mg and 600 mg of gabapentin 3 times daily.",
    ),
    (
        "Metformin is contraindicated when eGFR is below 30 mL/min/1.73 m².",
        "Do not take metformin if your eGFR is under 30.",
    ),
    (
        "Metformin is contraindicated when eGFR is below 30 mL/min/1.73 m².",
        "You can take metformin if your eGFR is 30 or more.",
    ),
    (
        "Use with caution in adults ≥65 years.",
        "Be careful if you are 65 or older.",
    ),
    (
        "Use with caution in adults ≥65 years.",
        "Be careful if you are over 65.",
    ),
    (
        "Nausea occurs in 10% of patients.",
        "About 1 in 10 people feel sick.",
    ),
    (
        "Nausea occurs in 10% of patients.",
        "10 out of 100 people feel sick.",
    ),
    (
        "Give morphine 10 mg subcutaneously every 4 hours.",
        "You get 10 mg of morphine under the skin every 4 hours.",
    ),
    (
        "Children: 5 mg/kg. Adults: 500 mg.",
        "Adults take 500 mg.",
    ),
    (
        "Inject 10 units of insulin glargine once daily.",
        "Inject 10 international units of Lantus once a day.",
    ),
    (
        "Salbutamol 100 micrograms: 2 puffs as needed.",
        "Take two puffs of your Ventolin (100 mcg each) when you need it.",
    ),
    (
        "Paracetamol 1 g up to four times daily (maximum 4 g in 24 hours).",
        "Take two 500 mg paracetamol tablets up to 4 times a day. Never take more than 4 g a day.",
    ),
    (
        "Treat for 14 days.",
        "Take it for two weeks.",
    ),
    (
        "Treat for 3 months.",
        "Take it for 12 weeks.",
    ),
    (
        "Re-check after 6 weeks.",
        "You have a blood test after six weeks.",
    ),
    (
        "Target below 130/80 mmHg.",
        "Aim for less than 130/80.",
    ),
    (
        "LDL target below 1.8 mmol/L (70 mg/dL).",
        "Your LDL should be below 1.8 mmol/L.",
    ),
    (
        "Potassium above 5.5 mmol/L: stop.",
        "Stop it if your potassium goes over 5.5 mmol/L.",
    ),
    (
        "Methotrexate 15 mg once weekly.",
        "Take 15 mg of methotrexate once a week.",
    ),
    (
        "Methotrexate 15 mg weekly.",
        "Take 15 mg of methotrexate each week.",
    ),
    (
        "Fosfomycin 3 g as a single dose",
        "Take 3 g of fosfomycin once.",
    ),
    (
        "Prednisolone 40 mg daily for 5 days.",
        "Take eight 5 mg tablets of prednisolone once a day for 5 days.",
    ),
    (
        "Ibuprofen 400 mg every 6–8 hours",
        "Take 400 mg of ibuprofen 3 to 4 times a day.",
    ),
    (
        "Ibuprofen 400 mg every 6 to 8 hours",
        "Take 400 mg of ibuprofen every 6 to 8 hours.",
    ),
    (
        "Enoxaparin 1 mg/kg SC every 12 hours",
        "You get 1 mg of enoxaparin for each kilogram of your weight, under the skin, twice a day.",
    ),
    (
        "Give vancomycin 15 mg/kg q12h.",
        "You get 15 mg per kg of vancomycin every 12 hours.",
    ),
    (
        "Give it for 5 days.",
        "Call 911 if you cannot breathe. Follow these 3 steps. Take it for 5 days.",
    ),
    (
        "Two randomised trials compared the drugs in 2021.",
        "One of the two trials, from 2021, looked at this. Here are 4 things to know.",
    ),
    (
        "Start 25 mg at night, increase by 25 mg every week to 75 mg.",
        "You start with 25 mg at night. Each week it goes up by 25 mg, up to 75 mg.",
    ),
    (
        "Increase from 10 mg to 20 mg after 4 weeks.",
        "The dose goes up to 20 mg after 4 weeks.",
    ),
    (
        "Max 4 g/day.",
        "No more than 4,000 mg each day.",
    ),
    (
        "Sertraline 50 mg daily; maximum 200 mg daily.",
        "The dose of sertraline starts at 50 mg a day. The highest dose is 200 mg a day.",
    ),
    (
        "Response in 48% versus 30% with placebo.",
        "About half of the people got better, compared with 3 in 10 on a dummy pill.",
    ),
    (
        "A third of patients responded (33%).",
        "One in three people got better.",
    ),
    (
        "Eye drops: one drop of timolol 0.5% twice daily.",
        "Put 1 drop of timolol in your eye two times a day.",
    ),
    (
        "Check INR every 4 weeks.",
        "You need a blood test every 4 weeks.",
    ),
    (
        "Check INR monthly.",
        "You need a blood test once a month.",
    ),
    (
        "Follow up at 3 and 6 months.",
        "You will be seen after 3 months and 6 months.",
    ),
    (
        "Fever of 38 °C or above",
        "A temperature of 38°C or higher (100.4°F)",
    ),
    (
        "Adults: 1 tablet (500 mg) twice daily",
        "Take one 500 mg tablet two times a day",
    ),
    (
        "Naproxen 250 mg BID",
        "Take 250 mg of Aleve every 12 hours",
    ),
    (
        "Warfarin target INR 2.0–3.0",
        "Your INR should be between 2 and 3.",
    ),
    (
        "Inject 40 mg of adalimumab every other week",
        "Inject 40 mg of Humira every 2 weeks",
    ),
    (
        "Apixaban 5 mg twice daily, reduced to 2.5 mg twice daily if weight is 60 kg or less",
        "You take 5 mg of Eliquis two times a day. If you weigh 60 kg or less, you take 2.5 mg two times a day.",
    ),
    (
        "The number needed to treat was 7.",
        "7 people had to take it for one to get better",
    ),
    (
        "Take on an empty stomach, 30 minutes before breakfast.",
        "Take it half an hour before breakfast.",
    ),
    (
        "Take within 48 hours of symptom onset.",
        "Start it within 2 days of feeling ill.",
    ),
    (
        "Give 2 doses of vaccine 4 weeks apart.",
        "You get two doses, four weeks apart.",
    ),
    (
        "Nitroglycerin 0.4 mg sublingually every 5 minutes, up to 3 doses",
        "Put 0.4 mg under your tongue every 5 minutes, up to three doses",
    ),
    (
        "Amlodipine 5 mg once daily.",
        "Take one tablet (5 mg) of amlodipine in the morning.",
    ),
    (
        "BMI of 30 kg/m² or more",
        "if your BMI is 30 or higher",
    ),
    (
        "The drug was given to 1,234 participants.",
        "It was tested in 1,234 people.",
    ),
    (
        "The drug was given to 1,234 participants.",
        "It was tested in about 1,200 people.",
    ),
    (
        "Doxycycline 100 mg PO BID for 7 d",
        "Take 100 mg of doxycycline by mouth twice a day for 7 days",
    ),
    (
        "Initiate lisinopril 10 mg PO QD; usual range 20–40 mg QD.",
        "You begin with 10 mg of lisinopril by mouth once a day. Later it is often 20 to 40 mg once a day.",
    ),
    (
        "Ramipril 2.5 mg OD, titrated to 10 mg OD over 4 weeks.",
        "You start on 2.5 mg of ramipril once a day and go up to 10 mg once a day over four weeks.",
    ),
    (
        "Prednisone 1 mg/kg/day (maximum 60 mg/day) for 7 days",
        "Prednisone is given as 1 mg per kilogram of body weight each day, but not more than 60 mg a day, for one week.",
    ),
    (
        "Reduce the dose by 50% if CrCl is 30–50 mL/min.",
        "The dose is cut in half if your kidney test (creatinine clearance) is between 30 and 50 mL per minute.",
    ),
    (
        "Adverse events: headache 12%, nausea 8%.",
        "About 12 in 100 people get a headache and 8 in 100 feel sick.",
    ),
    (
        "Adverse events: headache 12%, nausea 8%.",
        "More than 1 in 10 people get a headache.",
    ),
    (
        "Avoid in pregnancy after 20 weeks.",
        "Do not take it after week 20 of pregnancy.",
    ),
    (
        "Recheck potassium 1–2 weeks after starting.",
        "A blood test is done one to two weeks after you start.",
    ),
    (
        "Approved for adults and children 12 years and older.",
        "It is for adults and for children aged 12 or over.",
    ),
    (
        "Alendronate 70 mg once weekly, taken 30 minutes before food.",
        "Take one 70 mg tablet of alendronate every week, at least half an hour before you eat.",
    ),
    (
        "Hydrocortisone cream 1% twice daily for up to 7 days.",
        "Put the 1% cream on your skin two times a day, for no longer than a week.",
    ),
    (
        "Semaglutide 0.25 mg SC once weekly for 4 weeks, then 0.5 mg weekly.",
        "Inject 0.25 mg of Ozempic under your skin once a week for the first four weeks. After that it is 0.5 mg each week.",
    ),
    (
        "Adrenaline 0.5 mg IM, repeated after 5 minutes.",
        "Inject 0.5 mg of epinephrine into the muscle of the thigh; do it again after 5 minutes if needed.",
    ),
    (
        "Clopidogrel 75 mg plus aspirin 75–100 mg daily for 21 days",
        "You take 75 mg of clopidogrel and 75 to 100 mg of aspirin every day for three weeks.",
    ),
    (
        "Vitamin D 20 micrograms (800 IU) daily",
        "Take 800 units of vitamin D a day",
    ),
    (
        "The trial enrolled 342 patients (mean age 56 years).",
        "The trial had 342 people.",
    ),
    (
        "Symptoms resolve in 5–7 days.",
        "You should feel better within a week.",
    ),
    (
        "Symptoms resolve in 5–7 days.",
        "You should feel better in 5 to 7 days.",
    ),
    (
        "Blood glucose <4 mmol/L is hypoglycaemia.",
        "A blood sugar below 4 mmol/L is too low.",
    ),
    (
        "HbA1c target 7% (53 mmol/mol).",
        "Aim for an HbA1c of 7% (53 mmol/mol).",
    ),
    (
        "Do not exceed 8 puffs per day.",
        "Never use more than 8 puffs in one day.",
    ),
    (
        "Give insulin 0.1 unit/kg/hour IV.",
        "You get insulin through a drip.",
    ),
    (
        "One in four patients relapses within a year.",
        "A quarter of people have it come back within 12 months.",
    ),
    (
        "Dosage: 5 mL (250 mg) every 6 hours",
        "5 mL four times a day",
    ),
    (
        "Number needed to treat 20 over 5 years.",
        "If 20 people take it for 5 years, one more will benefit.",
    ),
    (
        "Citalopram should not exceed 20 mg/day in patients older than 60 years.",
        "If you are over 60, you should not take more than 20 mg of citalopram a day.",
    ),
    (
        "Stop if ALT exceeds three times the upper limit of normal.",
        "It is stopped if a liver test is more than 3 times the normal limit.",
    ),
    (
        "- **Start:** sertraline 25 mg daily\n- **After 1 week:** 50 mg daily",
        "- Week 1: sertraline 25 mg a day\n- After that: 50 mg a day",
    ),
    (
        "| Drug | Dose |\n|---|---|\n| Amoxicillin | 500 mg TID |\n| Doxycycline | 100 mg BID |",
        "- Amoxicillin: 500 mg three times a day\n- Doxycycline: 100 mg twice a day",
    ),
    (
        "Levetiracetam 500 mg b.i.d., increased to 1,500 mg b.i.d.",
        "Keppra is taken twice a day: 500 mg each time at first, later up to 1,500 mg each time.",
    ),
    (
        "Levetiracetam 500 mg b.i.d., increased to 1,500 mg b.i.d.",
        "The highest total is 3,000 mg of Keppra a day.",
    ),
    (
        "Dexamethasone 6 mg once daily for up to 10 days",
        "6 mg of dexamethasone once a day for at most 10 days",
    ),
    (
        "Give 1,000 mL of saline over 8 hours.",
        "You get one litre of fluid over 8 hours.",
    ),
    (
        "Thiamine 100 mg IV before glucose",
        "You get 100 mg of thiamine through a drip",
    ),
    (
        "Rivaroxaban 20 mg once daily with food; 15 mg if CrCl 15–49 mL/min.",
        "You take 20 mg of Xarelto once a day with food. If your kidneys work less well (a test result of 15 to 49), you take 15 mg.",
    ),
    (
        "INR 2–3",
        "Call 999 in an emergency, or ring 116 123. Visit our 24/7 line. Read steps 1 to 3.",
    ),
    (
        "Use SPF 30 sunscreen",
        "Use sunscreen of factor 30 or more",
    ),
    (
        "Limit to 14 units of alcohol per week",
        "Drink no more than 14 units of alcohol a week",
    ),
    (
        "BP ≥180/120 mmHg needs same-day assessment.",
        "If your blood pressure is 180/120 or higher, you need to be seen the same day.",
    ),
    (
        "Relative risk 0.81 (95% CI 0.7–0.9)",
        "The risk was 19% lower.",
    ),
    (
        "Apply one 12-hour patch daily.",
        "Wear one patch for 12 hours each day.",
    ),
    (
        "Methadone 5 mg every 8 hours",
        "Take 5 mg of methadone 3 times each day",
    ),
    (
        "Melatonin 2 mg at bedtime for 13 weeks",
        "Take 2 mg of melatonin each night for 13 weeks",
    ),
    (
        "Spironolactone 12.5–25 mg daily (max 50 mg)",
        "Spironolactone starts at 12.5 mg or 25 mg each day and can go up to 50 mg.",
    ),
    (
        "Penicillin V 500 mg QID x 10 days",
        "Take 500 mg of penicillin V four times a day for 10 days",
    ),
    (
        "Ferrous sulfate 200 mg on alternate days",
        "Take 200 mg of ferrous sulfate every other day",
    ),
    (
        "The half-life is about 12 hours.",
        "It takes 12 hours for half of the drug to leave your body.",
    ),
    (
        "Give aspirin 300 mg immediately, then 75 mg daily.",
        "Chew 300 mg of aspirin at once. Then take 75 mg a day.",
    ),
    (
        "Loading dose 500 mg on day 1, then 250 mg daily on days 2 to 5 (azithromycin)",
        "On the first day you take 500 mg of azithromycin, and on days 2 to 5 you take 250 mg once a day.",
    ),
    (
        "Paracetamol 1 g up to four times daily (maximum 4 g in 24 hours).",
        "Take two 500 mg tablets up to 4 times a day. Do not take more than 8 tablets in 24 hours.",
    ),
    (
        "Apixaban 10 mg BID for 7 days, then 5 mg BID.",
        "For the first week you take 10 mg of apixaban twice a day. From day 8 you take 5 mg twice a day.",
    ),
    (
        "Lisinopril 10 mg daily. Amlodipine 5 mg daily.",
        "Lisinopril: 10 mg a day. Amlodipine: 5 mg a day.",
    ),
    (
        "Start amitriptyline 10 mg nocte; increase by 10 mg weekly to a maximum of 75 mg.",
        "You start with 10 mg of amitriptyline at night. Every week the dose goes up by 10 mg, to no more than 75 mg.",
    ),
    (
        "Target heart rate below 110 beats per minute.",
        "The aim is a pulse under 110 beats a minute.",
    ),
    (
        "Use oseltamivir 75 mg BID × 5 days within 48 h of onset.",
        "Take 75 mg of Tamiflu two times a day for five days. Start within two days of getting ill.",
    ),
    (
        "Alcohol intake should be limited to one drink per day.",
        "Have no more than one alcoholic drink a day.",
    ),
    (
        "Screen every 3 years from age 45.",
        "From the age of 45 you should be tested every three years.",
    ),
    (
        "Vaccinate at 0, 1 and 6 months.",
        "You get three shots: at the start, after 1 month and after 6 months.",
    ),
    (
        "Exercise for at least 150 minutes per week.",
        "Move for at least 150 minutes a week.",
    ),
    (
        "Salt intake below 5 g/day.",
        "Eat less than 5 g of salt a day (about a teaspoon).",
    ),
    (
        "Weight loss of 5–10%",
        "Losing 5 to 10 percent of your weight helps.",
    ),
    (
        "The rash clears in 80% within 2 weeks.",
        "In 8 out of 10 people the rash is gone within two weeks.",
    ),
    (
        "Mortality was 4.2% versus 5.6%.",
        "About 4 in 100 people died, against nearly 6 in 100.",
    ),
    (
        "Mortality was 4.2% versus 5.6%.",
        "42 in 1,000 people died, against 56 in 1,000.",
    ),
    (
        "Fever ≥38.3 °C",
        "a fever of 38.3 °C or more",
    ),
    (
        "Wait 24 hours between doses.",
        "Leave one day between doses.",
    ),
    (
        "A single 150 mg dose of fluconazole.",
        "You take 150 mg of fluconazole just once.",
    ),
    (
        "Tiotropium 18 mcg inhaled once daily",
        "Breathe in 18 micrograms of Spiriva once each day.",
    ),
    (
        "Estradiol patch 50 micrograms/24 h, changed twice weekly",
        "Change your patch two times a week.",
    ),
    (
        "Treat adults with 500 mg, children with 10 mg/kg (max 500 mg).",
        "Children get 10 mg per kg of body weight, up to 500 mg.",
    ),
    (
        "Phenytoin level 10–20 mg/L",
        "The level in your blood should be 10 to 20 mg per litre.",
    ),
    (
        "Prednisolone 30 mg daily; reduce by 5 mg each week.",
        "Prednisolone 30 mg a day, going down by 5 mg every week.",
    ),
    (
        "Metronidazole 400 mg TDS for 7/7.",
        "Take 400 mg of metronidazole 3 times a day.",
    ),
    (
        "Dabigatran 150 mg twice daily (110 mg twice daily from age 80).",
        "Dabigatran: 150 mg two times a day. If you are 80 or older: 110 mg two times a day.",
    ),
    (
        "About 15 minutes of sun.",
        "Quarter of an hour",
    ),
    (
        "Insulin glargine 10 units at bedtime; adjust by 2 units every 3 days.",
        "Inject 10 units of Lantus at bedtime. Change the dose by 2 units every three days.",
    ),
    (
        "Nitrofurantoin 100 mg MR b.d. for 5 days; trimethoprim 200 mg b.d. for 3 days.",
        "Nitrofurantoin is taken as 100 mg twice a day for 5 days, trimethoprim as 200 mg twice a day for 3 days.",
    ),
    (
        "Ibuprofen 200–400 mg every 4–6 h; max 1.2 g/day.",
        "Take 200 to 400 mg of ibuprofen every 4 to 6 hours. Do not take more than 1,200 mg in a day.",
    ),
    (
        "Ibuprofen 200–400 mg every 4–6 h; max 1.2 g/day.",
        "Take one or two 200 mg tablets of ibuprofen every 4 to 6 hours. No more than six tablets a day.",
    ),
    (
        "Paracetamol 500 mg–1 g every 4–6 hours.",
        "Take 500 mg to 1 g of paracetamol every 4 to 6 hours.",
    ),
    (
        "Paracetamol 500 mg–1 g every 4–6 hours.",
        "Take one or two 500 mg tablets every 4 to 6 hours.",
    ),
    (
        "The dose is one spray in each nostril twice daily.",
        "Use 1 spray in each nostril two times a day.",
    ),
    (
        "Ceftriaxone 1 g IM once.",
        "One injection of 1 g of ceftriaxone into a muscle.",
    ),
    (
        "Cholesterol should fall by at least 40%.",
        "Your cholesterol should drop by 40% or more.",
    ),
    (
        "Stroke risk was halved.",
        "The risk of stroke was cut in half.",
    ),
    (
        "Onset of action takes 2–4 weeks.",
        "It can take up to 4 weeks to work.",
    ),
    (
        "Dose 0.1 mg/kg",
        "0.1 mg for every kg you weigh",
    ),
    (
        "Repeat once after 2 hours; max 2 doses per day",
        "You may take a second dose after 2 hours, but no more than two doses in a day.",
    ),
    (
        "Give 250 mg to 500 mg of amoxicillin three times a day",
        "Take 250 or 500 mg of amoxicillin three times a day",
    ),
    (
        "Low-dose aspirin 75 mg daily lowers risk by 12%.",
        "Aspirin 75 mg a day. On page 2 you find more. Published 3 May 2024. Version 1.2.",
    ),
    (
        "See your GP within 24 hours.",
        "See your doctor the same day.",
    ),
    (
        "Thyroid function every 6–12 months",
        "Your thyroid is checked once or twice a year.",
    ),
    (
        "One tablet contains 5 mg amlodipine and 10 mg benazepril.",
        "Each tablet has 5 mg of amlodipine and 10 mg of benazepril.",
    ),
    (
        "Patients with CrCl 30-59 mL/min receive 50 mg sitagliptin daily.",
        "If your kidney test is between 30 and 59, you get 50 mg of sitagliptin a day.",
    ),
    (
        "Avoid if QTc >500 ms.",
        "Not for you if your QT time is over 500 ms.",
    ),
    (
        "Colchicine 0.5 mg two to four times daily",
        "Take 0.5 mg of colchicine 2 to 4 times a day",
    ),
    (
        "Colchicine 0.5 mg two to four times daily",
        "Take 0.5 mg of colchicine up to 4 times a day",
    ),
]

DISAGREE = [
    (
        "Give gabapentin 300 mg three times daily.",
        "Take 600 mg of gabapentin 3 times a day.",
    ),
    (
        "Give gabapentin 300 mg TID.",
        "Take 300 mg of gabapentin twice a day.",
    ),
    (
        "Gabapentin 300 mg three times daily",
        "Take 300 mg of gabapentin once a day.",
    ),
    (
        "Gabapentin 300 mg three times daily",
        "Take 300 mg of gabapentin a day.",
    ),
    (
        "Amoxicillin 0.5 g q8h for 7 days",
        "Take 500 mg of amoxicillin every 8 hours for 10 days.",
    ),
    (
        "Levothyroxine 50 mcg daily",
        "Take 50 mg of levothyroxine a day",
    ),
    (
        "Gabapentin 300–600 mg three times daily",
        "Take 300 to 900 mg of gabapentin three times a day.",
    ),
    (
        "Metformin is contraindicated when eGFR is below 30 mL/min/1.73 m².",
        "Do not take metformin if your eGFR is above 30.",
    ),
    (
        "Use with caution in adults ≥65 years.",
        "Be careful if you are under 65.",
    ),
    (
        "Use with caution in adults ≥65 years.",
        "Be careful if you are 75 or older.",
    ),
    (
        "Nausea occurs in 10% of patients.",
        "About 1 in 5 people feel sick.",
    ),
    (
        "Give morphine 10 mg subcutaneously every 4 hours.",
        "You get 10 mg of morphine into a vein every 4 hours.",
    ),
    (
        "Give vitamin K 10 mg IV.",
        "You swallow 10 mg of vitamin K.",
    ),
    (
        "Amitriptyline 10–25 mg at bedtime; gabapentin 300 mg three times daily.",
        "Take gabapentin 10 to 25 mg at bedtime, and amitriptyline 300 mg three times a day.",
    ),
    (
        "Children: 250 mg twice daily. Adults: 500 mg twice daily.",
        "Children take 500 mg twice a day.",
    ),
    (
        "Inject 10 units of insulin glargine once daily.",
        "Inject 100 units of Lantus once a day.",
    ),
    (
        "Salbutamol 100 micrograms: 2 puffs as needed.",
        "Take four puffs of your Ventolin when you need it.",
    ),
    (
        "Treat for 14 days.",
        "Take it for three weeks.",
    ),
    (
        "Target below 130/80 mmHg.",
        "Aim for less than 140/90.",
    ),
    (
        "LDL target below 1.8 mmol/L (70 mg/dL).",
        "Your LDL should be below 2.8 mmol/L.",
    ),
    (
        "Potassium above 5.5 mmol/L: stop.",
        "Stop it if your potassium goes below 5.5 mmol/L.",
    ),
    (
        "Methotrexate 15 mg once weekly.",
        "Take 15 mg of methotrexate once a day.",
    ),
    (
        "Methotrexate 15 mg once weekly.",
        "Take 15 mg of methotrexate every day.",
    ),
    (
        "Prednisolone 40 mg daily for 5 days.",
        "Take six 5 mg tablets of prednisolone once a day for 5 days.",
    ),
    (
        "Ibuprofen 400 mg every 6 to 8 hours",
        "Take 400 mg of ibuprofen every 4 to 6 hours.",
    ),
    (
        "Risk rises with age.",
        "Most people are older than 50.",
    ),
    (
        "Increase from 10 mg to 20 mg after 4 weeks.",
        "The dose goes up to 40 mg after 4 weeks.",
    ),
    (
        "Max 4 g/day.",
        "At least 4,000 mg each day.",
    ),
    (
        "Sertraline 50 mg daily.",
        "Take 50 mg of fluoxetine daily.",
    ),
    (
        "Check INR every 4 weeks.",
        "You need a blood test every 8 weeks.",
    ),
    (
        "Warfarin target INR 2.0–3.0",
        "Your INR should be between 2 and 4.",
    ),
    (
        "Inject 40 mg of adalimumab every other week",
        "Inject 40 mg of Humira every week",
    ),
    (
        "Apixaban 5 mg twice daily, reduced to 2.5 mg twice daily if weight is 60 kg or less",
        "If you weigh 60 kg or more, you take 2.5 mg two times a day.",
    ),
    (
        "Wait at least 2 hours before a second dose.",
        "Wait at least 4 hours before a second dose.",
    ),
    (
        "Give 2 doses of vaccine 4 weeks apart.",
        "You get three doses, four weeks apart.",
    ),
    (
        "Aspirin 81 mg",
        "Take one low-dose aspirin (81 mg) each day",
    ),
    (
        "BMI of 30 kg/m² or more",
        "if your BMI is 27 or higher",
    ),
    (
        "The drug was given to 1,234 participants.",
        "It was tested in 1,324 people.",
    ),
    (
        "Doxycycline 100 mg PO BID for 7 days",
        "You get 100 mg of doxycycline through a drip twice a day for 7 days",
    ),
    (
        "Ramipril 2.5 mg OD, titrated to 10 mg OD over 4 weeks.",
        "You start on 2.5 mg of ramipril once a day and go up to 20 mg once a day over four weeks.",
    ),
    (
        "Ramipril 2.5 mg OD, titrated to 10 mg OD over 4 weeks.",
        "You start on 2.5 mg of ramipril once a day and go up to 10 mg once a day over four months.",
    ),
    (
        "Prednisone 1 mg/kg/day (maximum 60 mg/day) for 7 days",
        "Prednisone is given as 2 mg per kilogram of body weight each day, but not more than 60 mg a day, for one week.",
    ),
    (
        "Reduce the dose by 50% if CrCl is 30–50 mL/min.",
        "The dose is cut by 25% if your kidney test is between 30 and 50 mL per minute.",
    ),
    (
        "Adverse events: headache 12%, nausea 8%.",
        "About 12 in 100 people get a headache and 18 in 100 feel sick.",
    ),
    (
        "Avoid in pregnancy after 20 weeks.",
        "Do not take it after week 30 of pregnancy.",
    ),
    (
        "Recheck potassium 1–2 weeks after starting.",
        "A blood test is done one to two months after you start.",
    ),
    (
        "Approved for adults and children 12 years and older.",
        "It is for adults and for children aged 6 or over.",
    ),
    (
        "Approved for adults and children 12 years and older.",
        "It is for children under 12.",
    ),
    (
        "Alendronate 70 mg once weekly.",
        "Take one 70 mg tablet of alendronate every day.",
    ),
    (
        "Semaglutide 0.25 mg SC once weekly for 4 weeks, then 0.5 mg weekly.",
        "Inject 0.25 mg of Ozempic under your skin once a week for the first four weeks. After that it is 5 mg each week.",
    ),
    (
        "Semaglutide 0.25 mg SC once weekly for 4 weeks, then 0.5 mg weekly.",
        "Take 0.25 mg of semaglutide by mouth once a week for four weeks.",
    ),
    (
        "Adrenaline 0.5 mg IM, repeated after 5 minutes.",
        "Inject 0.5 mg of epinephrine into a vein.",
    ),
    (
        "Clopidogrel 75 mg plus aspirin 75–100 mg daily for 21 days",
        "You take 75 mg of clopidogrel and 75 to 100 mg of aspirin every day for 21 weeks.",
    ),
    (
        "Vitamin D 20 micrograms (800 IU) daily",
        "Take 8,000 units of vitamin D a day",
    ),
    (
        "HbA1c target 7% (53 mmol/mol).",
        "Aim for an HbA1c of 8%.",
    ),
    (
        "Do not exceed 8 puffs per day.",
        "Use at least 8 puffs a day.",
    ),
    (
        "One in four patients relapses within a year.",
        "Half of people have it come back within 12 months.",
    ),
    (
        "Dosage: 5 mL (250 mg) every 6 hours",
        "10 mL four times a day",
    ),
    (
        "Citalopram should not exceed 20 mg/day in patients older than 60 years.",
        "If you are under 60, you should not take more than 20 mg of citalopram a day.",
    ),
    (
        "Citalopram should not exceed 20 mg/day in patients older than 60 years.",
        "If you are over 60, you should not take more than 40 mg of citalopram a day.",
    ),
    (
        "Stop if ALT exceeds three times the upper limit of normal.",
        "It is stopped if a liver test is more than 5 times the normal limit.",
    ),
    (
        "| Drug | Dose |\n|---|---|\n| Amoxicillin | 500 mg TID |\n| Doxycycline | 100 mg BID |",
        "- Amoxicillin: 100 mg twice a day\n- Doxycycline: 500 mg three times a day",
    ),
    (
        "Levetiracetam 500 mg b.i.d., increased to 1,500 mg b.i.d.",
        "The highest total is 1,500 mg of Keppra a day.",
    ),
    (
        "Dexamethasone 6 mg once daily for up to 10 days",
        "6 mg of dexamethasone once a day for at least 10 days",
    ),
    (
        "Rivaroxaban 20 mg once daily with food; 15 mg if CrCl 15–49 mL/min.",
        "You take 15 mg of Xarelto twice a day with food.",
    ),
    (
        "Limit to 14 units of alcohol per week",
        "Drink no more than 21 units of alcohol a week",
    ),
    (
        "BP ≥180/120 mmHg needs same-day assessment.",
        "If your blood pressure is 160/100 or higher, you need to be seen the same day.",
    ),
    (
        "BP ≥180/120 mmHg needs same-day assessment.",
        "If your blood pressure is 180/120 or lower, you need to be seen the same day.",
    ),
    (
        "Antibiotics for 5 days.",
        "Finish all 5 days. One or two people may need more. This takes 10 minutes to read.",
    ),
    (
        "Methadone 5 mg every 8 hours",
        "Take 5 mg of methadone every 6 hours",
    ),
    (
        "Penicillin V 500 mg QID x 10 days",
        "Take 500 mg of penicillin V four times a day for 5 days",
    ),
    (
        "Ferrous sulfate 200 mg on alternate days",
        "Take 200 mg of ferrous sulfate every day",
    ),
    (
        "Give aspirin 300 mg immediately, then 75 mg daily.",
        "Chew 75 mg of aspirin at once. Then take 300 mg a day.",
    ),
    (
        "Lisinopril 10 mg daily. Amlodipine 5 mg daily.",
        "Lisinopril is taken as 5 mg a day and amlodipine as 10 mg a day.",
    ),
    (
        "Start amitriptyline 10 mg nocte; increase by 10 mg weekly to a maximum of 75 mg.",
        "You start with 10 mg of amitriptyline at night. Every week the dose goes up by 10 mg, to no more than 150 mg.",
    ),
    (
        "Target heart rate below 110 beats per minute.",
        "The aim is a pulse over 110 beats a minute.",
    ),
    (
        "Use oseltamivir 75 mg BID × 5 days within 48 h of onset.",
        "Take 75 mg of Tamiflu two times a day for five days. Start within three days of getting ill.",
    ),
    (
        "Screen every 3 years from age 45.",
        "From the age of 35 you should be tested every three years.",
    ),
    (
        "Screen every 3 years from age 45.",
        "From the age of 45 you should be tested every year.",
    ),
    (
        "Exercise for at least 150 minutes per week.",
        "Move for 30 minutes on 5 days a week.",
    ),
    (
        "Salt intake below 5 g/day.",
        "Eat less than 6 g of salt a day.",
    ),
    (
        "The rash clears in 80% within 2 weeks.",
        "In 9 out of 10 people the rash is gone within two weeks.",
    ),
    (
        "A single 150 mg dose of fluconazole.",
        "You take 150 mg of fluconazole once a day.",
    ),
    (
        "Estradiol patch 50 micrograms/24 h, changed twice weekly",
        "Change your patch every week.",
    ),
    (
        "Prednisolone 30 mg daily; reduce by 5 mg each week.",
        "Prednisolone 30 mg a day, going down by 5 mg every day.",
    ),
    (
        "Dabigatran 150 mg twice daily (110 mg twice daily from age 80).",
        "Dabigatran: 150 mg two times a day. If you are 75 or older: 110 mg two times a day.",
    ),
    (
        "Insulin glargine 10 units at bedtime; adjust by 2 units every 3 days.",
        "Inject 10 units of Lantus at bedtime. Change the dose by 4 units every three days.",
    ),
    (
        "Ibuprofen 200–400 mg every 4–6 h; max 1.2 g/day.",
        "Take 200 to 400 mg of ibuprofen every 4 to 6 hours. Do not take more than 2,400 mg in a day.",
    ),
    (
        "The dose is one spray in each nostril twice daily.",
        "Use 2 sprays in each nostril two times a day.",
    ),
    (
        "Cholesterol should fall by at least 40%.",
        "Your cholesterol should drop by 40% at most.",
    ),
    (
        "Onset of action takes 2–4 weeks.",
        "It can take up to 6 weeks to work.",
    ),
    (
        "Repeat once after 2 hours; max 2 doses per day",
        "You may take a second dose after 2 hours, but no more than three doses in a day.",
    ),
    (
        "Colchicine 0.5 mg two to four times daily",
        "Take 0.5 mg of colchicine up to six times a day",
    ),
]
