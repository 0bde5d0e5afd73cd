"""The same numbers in other words, and other numbers in words that sound alike."""

import pytest

from articles.text.checks.number_comparison import compare
from articles.text.statements.stated_quantities import stated

SAME = [
    (
        "Fluticasone 50 micrograms per nostril once daily.",
        "Spray fluticasone, 50 micrograms into each nostril, once a day.",
    ),
    (
        "Dexamethasone 0.6 mg/kg as a single dose.",
        "Children get one dose of dexamethasone: 0.6 mg per kilo of body weight.",
    ),
    (
        "Vancomycin 15 mg/kg every 12 hours.",
        "For each kilogram you weigh, 15 mg of vancomycin are given every 12 hours.",
    ),
    (
        "Vancomycin 15 mg/kg every 12 hours.",
        "Vancomycin, 15 mg per kilogram, is given twice daily.",
    ),
    (
        "Around 40% of users reported dry mouth.",
        "Two in five people had a dry mouth.",
    ),
    (
        "Around 40% of users reported dry mouth.",
        "Two fifths of people had a dry mouth.",
    ),
    (
        "Weight fell by 15%.",
        "People lost about a seventh of their weight.",
    ),
    (
        "Response was seen in two thirds of patients.",
        "About 67% responded.",
    ),
    (
        "Response was seen in three quarters of patients.",
        "Out of 100 people, 75 got better.",
    ),
    (
        "One in ten patients discontinued.",
        "About 10% of people stopped.",
    ),
    (
        "Less than 1 in 1,000 develop liver failure.",
        "Fewer than 0.1% of people get liver failure.",
    ),
    (
        "Paracetamol up to 4 g per 24 hours.",
        "Never take more than eight 500 mg tablets of paracetamol in 24 hours.",
    ),
    (
        "Tramadol 50–100 mg every 4–6 hours; maximum 400 mg/day.",
        "Do not take more than 400 mg of tramadol in a day.",
    ),
    (
        "Allow at least 14 days between an MAO inhibitor and sertraline.",
        "Wait at least two weeks between an MAO inhibitor and sertraline.",
    ),
    (
        "Follow up after 3 months.",
        "You come back after a quarter of a year.",
    ),
    (
        "Follow up after 90 days.",
        "You come back after about three months.",
    ),
    (
        "Exercise for 30 minutes on most days.",
        "Move for half an hour on most days.",
    ),
    (
        "Warfarin 5 mg daily; tablets of 5 mg.",
        "Take one 5 mg tablet of warfarin a day.",
    ),
    (
        "Levothyroxine 25 micrograms daily: half of a 50 microgram tablet.",
        "Take half a 50 microgram tablet of levothyroxine a day.",
    ),
    (
        "Adalimumab 40 mg every other week.",
        "You inject 40 mg of adalimumab every two weeks.",
    ),
    (
        "Adalimumab 40 mg every other week.",
        "You inject 40 mg of adalimumab once a fortnight.",
    ),
    (
        "Epoetin 50 units/kg three times weekly.",
        "Epoetin is injected three times a week, 50 units for each kilogram.",
    ),
    (
        "Start duloxetine 30 mg daily for 1 week, then 60 mg daily.",
        "Take 30 mg of duloxetine a day for seven days, then 60 mg a day.",
    ),
    (
        "Increase by 25 mg every 3 days.",
        "The dose goes up by 25 mg every third day.",
    ),
    (
        "Children aged 12 years and over may have the adult dose.",
        "Children from twelve years on may have the adult dose.",
    ),
    (
        "Not recommended under 18 years of age.",
        "Not for people younger than eighteen.",
    ),
    (
        "Target LDL is below 1.8 mmol/L (70 mg/dL).",
        "Your bad cholesterol should be less than 70 mg/dL.",
    ),
    (
        "Target HbA1c 7% (53 mmol/mol).",
        "Aim for a long-term sugar of 53 mmol/mol.",
    ),
    (
        "Mortality fell from 12% to 9%.",
        "Of every 100 people, 9 died instead of 12.",
    ),
    (
        "Mortality fell from 12% to 9%.",
        "3 fewer people in 100 died.",
    ),
    (
        "A relative risk of 0.5 was found.",
        "The risk was cut by half.",
    ),
    (
        "A relative risk of 0.75 was found.",
        "The risk was a quarter lower.",
    ),
    (
        "The hazard ratio was 1.5.",
        "The risk was 50% higher.",
    ),
    (
        "The risk doubled (odds ratio 2.0).",
        "The risk was twice as high.",
    ),
    (
        "The NNT is 12.",
        "Twelve people must be treated for one to benefit.",
    ),
    (
        "Drink 200 mL before the scan.",
        "Drink a fifth of a litre before the scan.",
    ),
    (
        "Keep below 25 °C.",
        "Do not keep it above 25 degrees.",
    ),
    (
        "Infuse over 4 hours.",
        "The drip runs for four hours.",
    ),
    (
        "A pulse above 120/min needs review.",
        "Call us if your pulse is over 120 beats a minute.",
    ),
    (
        "The trial included 1,250 patients.",
        "One thousand two hundred and fifty people took part.",
    ),
    (
        "Two trials with 640 participants.",
        "Two studies with six hundred and forty people.",
    ),
    (
        "Salt intake should be under 5 g a day.",
        "Eat less than a teaspoon of salt (5 g) a day.",
    ),
    (
        "Fentanyl patch 25 micrograms/hour, changed every 72 hours.",
        "Put on a new 25 microgram/hour fentanyl patch every three days.",
    ),
    (
        "Ferrous sulfate 200 mg on alternate days.",
        "Take 200 mg of ferrous sulfate every second day.",
    ),
    (
        "Salbutamol 2 puffs up to four times daily.",
        "Take two puffs of salbutamol, no more than four times a day.",
    ),
    (
        "Melatonin 2 mg 1–2 hours before bedtime.",
        "Take 2 mg of melatonin one to two hours before bed.",
    ),
    (
        "Folic acid 400 micrograms daily until week 12.",
        "Take 400 micrograms of folic acid a day for the first twelve weeks.",
    ),
    (
        "Colchicine 500 micrograms 2–4 times a day, total 6 mg per course.",
        "Take at most 12 tablets of 500 micrograms of colchicine in one course.",
    ),
    (
        "Ciclosporin 2.5 mg/kg/day in two divided doses.",
        "Each day you take 2.5 mg of ciclosporin for every kilogram, split into two doses.",
    ),
    (
        "Gentamicin 5 mg/kg once daily.",
        "Gentamicin is given once a day: five milligrams for each kilo.",
    ),
    (
        "Ramipril 2.5 mg once daily, doubled after 2 weeks.",
        "Take 2.5 mg of ramipril a day. After two weeks the dose is doubled.",
    ),
    (
        "Walk at least 8,000 steps a day.",
        "Walk eight thousand steps or more every day.",
    ),
    (
        "Discuss stopping after 6–12 months.",
        "After half a year to a year you can talk about stopping.",
    ),
    (
        "Adults under 65 years: 100 mg.",
        "If you are not yet sixty-five, you take 100 mg.",
    ),
    (
        "Omeprazole 20 mg once daily for 4–8 weeks.",
        "Omeprazole is taken for one to two months, 20 mg once a day.",
    ),
    (
        "BMI of 30 kg/m² or more.",
        "A body mass index of at least 30.",
    ),
    (
        "Fasting for 6 hours before anaesthesia and clear fluids up to 2 hours.",
        "Eat nothing for six hours before. You may drink water until two hours before.",
    ),
]
OTHER = [
    (
        "Fluticasone 50 micrograms per nostril once daily.",
        "Spray fluticasone, 100 micrograms into each nostril, once a day.",
    ),
    (
        "Dexamethasone 0.6 mg/kg as a single dose.",
        "Children get one dose of dexamethasone: 6 mg per kilo of body weight.",
    ),
    (
        "Vancomycin 15 mg/kg every 12 hours.",
        "For each kilogram you weigh, 25 mg of vancomycin are given every 12 hours.",
    ),
    (
        "Around 40% of users reported dry mouth.",
        "Four fifths of people had a dry mouth.",
    ),
    (
        "Around 40% of users reported dry mouth.",
        "Three in five people had a dry mouth.",
    ),
    (
        "Response was seen in two thirds of patients.",
        "About 57% responded.",
    ),
    (
        "Response was seen in three quarters of patients.",
        "Out of 100 people, 25 got better.",
    ),
    (
        "One in ten patients discontinued.",
        "About 1% of people stopped.",
    ),
    (
        "Less than 1 in 1,000 develop liver failure.",
        "More than 1 in 1,000 people get liver failure.",
    ),
    (
        "Paracetamol up to 4 g per 24 hours.",
        "Never take more than ten 500 mg tablets of paracetamol in 24 hours.",
    ),
    (
        "Tramadol 50–100 mg every 4–6 hours; maximum 400 mg/day.",
        "Do not take more than 400 mg of tramadol at a time.",
    ),
    (
        "Allow at least 14 days between an MAO inhibitor and sertraline.",
        "Wait at least four days between an MAO inhibitor and sertraline.",
    ),
    (
        "Follow up after 90 days.",
        "You come back after about nine months.",
    ),
    (
        "Exercise for 30 minutes on most days.",
        "Move for three hours on most days.",
    ),
    (
        "Adalimumab 40 mg every other week.",
        "You inject 40 mg of adalimumab every week.",
    ),
    (
        "Epoetin 50 units/kg three times weekly.",
        "Epoetin is injected three times a day, 50 units for each kilogram.",
    ),
    (
        "Start duloxetine 30 mg daily for 1 week, then 60 mg daily.",
        "Take 30 mg of duloxetine a day for four weeks, then 60 mg a day.",
    ),
    (
        "Increase by 25 mg every 3 days.",
        "The dose goes up by 25 mg every day.",
    ),
    (
        "Children aged 12 years and over may have the adult dose.",
        "Children from ten years on may have the adult dose.",
    ),
    (
        "Not recommended under 18 years of age.",
        "Not for people younger than sixteen.",
    ),
    (
        "Not recommended under 18 years of age.",
        "Not for children under sixteen years.",
    ),
    (
        "Target LDL is below 1.8 mmol/L (70 mg/dL).",
        "Your bad cholesterol should be more than 70 mg/dL.",
    ),
    (
        "Target HbA1c 7% (53 mmol/mol).",
        "Aim for a long-term sugar of 58 mmol/mol.",
    ),
    (
        "A relative risk of 0.75 was found.",
        "The risk was cut by three quarters.",
    ),
    (
        "The hazard ratio was 1.5.",
        "The risk was 15% higher.",
    ),
    (
        "The NNT is 12.",
        "Twenty people must be treated for one to benefit.",
    ),
    (
        "Keep below 25 °C.",
        "Do not keep it above 30 degrees.",
    ),
    (
        "Infuse over 4 hours.",
        "The drip runs for forty minutes.",
    ),
    (
        "A pulse above 120/min needs review.",
        "Call us if your pulse is over 100 beats a minute.",
    ),
    (
        "The trial included 1,250 patients.",
        "One thousand five hundred people took part.",
    ),
    (
        "Two trials with 640 participants.",
        "Two studies with six hundred and fourteen people.",
    ),
    (
        "Salt intake should be under 5 g a day.",
        "Eat less than 5 g of salt a week.",
    ),
    (
        "Fentanyl patch 25 micrograms/hour, changed every 72 hours.",
        "Put on a new 25 microgram/hour fentanyl patch every two days.",
    ),
    (
        "Ferrous sulfate 200 mg on alternate days.",
        "Take 200 mg of ferrous sulfate twice a day.",
    ),
    (
        "Salbutamol 2 puffs up to four times daily.",
        "Take four puffs of salbutamol, no more than two times a day.",
    ),
    (
        "Folic acid 400 micrograms daily until week 12.",
        "Take 400 micrograms of folic acid a day for the first twenty weeks.",
    ),
    (
        "Gentamicin 5 mg/kg once daily.",
        "Gentamicin is given once a day: five milligrams.",
    ),
    (
        "Ramipril 2.5 mg once daily, doubled after 2 weeks.",
        "Take 2.5 mg of ramipril a day. After two days the dose is doubled.",
    ),
    (
        "Walk at least 8,000 steps a day.",
        "Walk eighty thousand steps or more every day.",
    ),
    (
        "BMI of 30 kg/m² or more.",
        "A body mass index of at least 35.",
    ),
]


@pytest.mark.parametrize(("professional", "plain"), SAME)
def test_other_words_for_the_same_number_agree(professional, plain):
    assert compare(professional, plain) == []


@pytest.mark.parametrize(("professional", "plain"), OTHER)
def test_another_number_disagrees(professional, plain):
    assert compare(professional, plain)


@pytest.mark.parametrize("joint", [" or ", " and ", " to ", "–"])
def test_amounts_with_one_unit_belong_to_the_drug_that_follows_both(joint):
    text = f"Gabapentin 300 mg at night helps.\n\nTake 250{joint}500 mg of amoxicillin."

    doses = stated(text).quantities[1:]

    assert doses
    assert all(one.drugs == {"amoxicillin"} for one in doses)


def test_units_of_a_vitamin_are_none_of_alcohol():
    text = "Take 8,000 units of vitamin D a day"

    assert compare(f"Limit to 14 units of alcohol per week\n\n{text}", text) == []
