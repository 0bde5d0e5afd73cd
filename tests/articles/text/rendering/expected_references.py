"""What AMA, NLM and APA make of `real_records`, and of records of every other shape.

Every line was written from the rules, not from the output: AMA Manual of Style, 11th edition, chapter 3; Citing
Medicine, 2nd edition, chapters 1, 2, 18, 23 and 25; Publication Manual of the APA, 7th edition, chapters 9 and 10.
Three things differ from them on purpose: titles keep the capitals of the record (a machine that lowers them lowers
names of drugs and trials too); the PMID stands after AMA's and APA's line; NLM's page ranges with letters are whole
(S1-S127), as PubMed prints them. `{title}` stands for the title, word for word.
"""

from tests.articles.text.rendering.real_records import day, people, work

AMA = {
    # The sources of the sample articles
    "joglar2023": "Joglar JA, Chung MK, Armbruster AL, et al. {title}. Circulation. 2024;149(1):e1-e156. "
    "doi:10.1161/CIR.0000000000001193 PMID: 38033089",
    "ruff2014": "Ruff CT, Giugliano RP, Braunwald E, et al. {title}. Lancet. 2014;383(9921):955-962. "
    "doi:10.1016/S0140-6736(13)62343-0",
    "aristotle2011": "Granger CB, Alexander JH, McMurray JJV, Lopes RD, Hylek EM, Hanna M; ARISTOTLE Committees and "
    "Investigators. {title}. N Engl J Med. 2011;365(11):981-992. doi:10.1056/NEJMoa1107039 PMID: 21870978",
    "invictus2022": "Connolly SJ, Karthikeyan G, Ntsekhe M, Haileamlak A, El Sayed A, El Ghamrawy A; INVICTUS "
    "Investigators. {title}. N Engl J Med. 2022;387(11):978-988. doi:10.1056/NEJMoa2209051 PMID: 36036525",
    "reddel2022": "Reddel HK, Bacharier LB, Bateman ED, et al. {title}. Am J Respir Crit Care Med. 2022;205(1):17-35. "
    "doi:10.1164/rccm.202109-2205PP",
    "crossingham2021": "Crossingham I, Turner S, Ramakrishnan S, et al. {title}. Cochrane Database Syst Rev. "
    "2021:CD013518. doi:10.1002/14651858.CD013518.pub2",
    "sygma1": "O'Byrne PM, FitzGerald JM, Bateman ED, et al. {title}. N Engl J Med. 2018;378(20):1865-1876. "
    "doi:10.1056/NEJMoa1715274",
    "novelstart": "Beasley R, Holliday M, Reddel HK; Novel START Study Team. {title}. N Engl J Med. "
    "2019;380(21):2020-2030. doi:10.1056/NEJMoa1901963",
    "esc2024bp": "McEvoy JW, McCarthy CP, Bruno RM; ESC Scientific Document Group. {title}. Eur Heart J. "
    "2024;45(38):3912-4018. doi:10.1093/eurheartj/ehae178 PMID: 39210715",
    "ish2020": "Unger T, Borghi C, Charchar F, et al. {title}. Hypertension. 2020;75(6):1334-1357. "
    "doi:10.1161/HYPERTENSIONAHA.120.15026",
    "kdigo2022": "Kidney Disease: Improving Global Outcomes (KDIGO) Diabetes Work Group. {title}. Kidney Int. "
    "2022;102(5S):S1-S127. doi:10.1016/j.kint.2022.06.008 PMID: 36272764",
    "sprint2015": "SPRINT Research Group. {title}. N Engl J Med. 2015;373(22):2103-2116. doi:10.1056/NEJMoa1511939 "
    "PMID: 26551272",
    "wright2018": "Wright JM, Musini VM, Gill R. {title}. Cochrane Database Syst Rev. 2018;(4):CD001841. "
    "doi:10.1002/14651858.CD001841.pub3",
    "lisinopril-label": "Lisinopril tablets. Prescribing information. NCS HealthCare of KY LLC dba Vangard Labs; "
    "September 23, 2024. DailyMed set id 43fa9a16-c112-419f-8d7b-177f580462f2, version 23, effective 2024-09-23.",
    "metformin-label": "Metformin hydrochloride tablet. Prescribing information. Direct Rx; November 15, 2024. "
    "DailyMed set id c33e24e9-0441-6b94-e053-2a95a90a9c68, version 12, effective 2024-11-15.",
    "davies2022": "Davies MJ, Aroda VR, Collins BS, et al. {title}. Diabetes Care. 2022;45(11):2753-2786. "
    "doi:10.2337/dci22-0034 PMID: 36148880",
    "inzucchi2014": "Inzucchi SE, Lipska KJ, Mayo H, Bailey CJ, McGuire DK. {title}. JAMA. 2014;312:2668-2675. "
    "doi:10.1001/jama.2014.15298",
    "ukpds34": "UK Prospective Diabetes Study (UKPDS) Group. {title}. Lancet. 1998;352(9131):854-865. "
    "doi:10.1016/S0140-6736(98)07037-8 PMID: 9742977",
    "aroda2016": "Aroda VR, Edelstein SL, Goldberg RB; Diabetes Prevention Program Research Group. {title}. J Clin "
    "Endocrinol Metab. 2016;101(4):1754-1761. doi:10.1210/jc.2015-3754 PMID: 26900641",
    "finnerup2015": "Finnerup NB, Attal N, Haroutounian S, et al. {title}. Lancet Neurol. 2015;14(2):162-173. "
    "doi:10.1016/S1474-4422(14)70251-0 PMID: 25575710",
    "wiffen2017": "Wiffen PJ, Derry S, Bell RF, et al. {title}. Cochrane Database Syst Rev. 2017;2017(6):CD007938. "
    "doi:10.1002/14651858.CD007938.pub4 PMID: 28597471",
    "tesfaye2022": "Tesfaye S, Sloan G, Petrie J, et al. {title}. Lancet. 2022;400:680-690. "
    "doi:10.1016/S0140-6736(22)01472-6 PMID: 36007534",
    "gabapentin-label": "Gabapentin capsule. Prescribing information. Westminster Pharmaceuticals LLC; April 9, 2025. "
    "DailyMed set id 2f70c496-b58c-30f5-e054-00144ff8d46c, version 10, effective 2025-04-09.",
    "ailani2021": "Ailani J, Burch RC, Robbins MS; Board of Directors of the American Headache Society. {title}. "
    "Headache. 2021;61(7):1021-1039. doi:10.1111/head.14153 PMID: 34160823",
    "derry2014": "Derry CJ, Derry S, Moore RA. {title}. Cochrane Database Syst Rev. 2014;2014(5):CD009108. "
    "doi:10.1002/14651858.CD009108.pub2 PMID: 24865446",
    "ichd3": "Headache Classification Committee of the International Headache Society. {title}. Cephalalgia. "
    "2018;38(1):1-211. doi:10.1177/0333102417738202 PMID: 29368949",
    "sumatriptan-nasal-label": "Sumatriptan nasal spray. Prescribing information. Padagis Israel Pharmaceuticals Ltd; "
    "January 26, 2026. DailyMed set id 6d521807-e5ce-498d-a224-5534c5ea61fa, version 9, effective 2026-01-26.",
    "gupta2011": "Gupta K, Hooton TM, Naber KG, et al. {title}. Clin Infect Dis. 2011;52(5):e103-e120. "
    "doi:10.1093/cid/ciq257 PMID: 21292654",
    "huttner2018": "Huttner A, Kowalczyk A, Turjeman A, et al. {title}. JAMA. 2018;319(17):1781-1789. "
    "doi:10.1001/jama.2018.3627 PMID: 29710295",
    "gupta2007": "Gupta K, Hooton TM, Roberts PL, Stamm WE. {title}. Arch Intern Med. 2007;167(20):2207-2212. "
    "PMID: 17998493",
    "gagyor2015": "Gágyor I, Bleidorn J, Kochen MM, Schmiemann G, Wegscheider K, Hummers-Pradier E. {title}. BMJ. "
    "2015;351:h6544. doi:10.1136/bmj.h6544 PMID: 26698878",
    "nitrofurantoin-label": "Nitrofurantoin (monohydrate/macrocrystals) capsule. Prescribing information. Aurobindo "
    "Pharma Limited; December 18, 2024. DailyMed set id 788f1fe3-d8a1-42cc-9280-07f842da34ea, version 2, effective "
    "2024-12-18.",
    # Well-known publications
    "watson1953": "Watson JD, Crick FHC. {title}. Nature. 1953;171(4356):737-738. doi:10.1038/171737a0 PMID: 13054692",
    "sprint": "Wright JT Jr, Williamson JD, Whelton PK, et al; SPRINT Research Group. {title}. N Engl J Med. "
    "2015;373(22):2103-2116. doi:10.1056/NEJMoa1511939 PMID: 26551272",
    "prisma2009": "Moher D, Liberati A, Tetzlaff J, Altman DG; PRISMA Group. {title}. PLoS Med. 2009;6(7):e1000097. "
    "doi:10.1371/journal.pmed.1000097 PMID: 19621072",
    "prisma2020": "Page MJ, McKenzie JE, Bossuyt PM, et al. {title}. BMJ. 2021;372:n71. doi:10.1136/bmj.n71 "
    "PMID: 33782057",
    "grade2008": "Guyatt GH, Oxman AD, Vist GE, et al; GRADE Working Group. {title}. BMJ. 2008;336(7650):924-926. "
    "doi:10.1136/bmj.39489.470347.AD PMID: 18436948",
    "wakefield1998": "Wakefield AJ, Murch SH, Anthony A, et al. {title}. Lancet. 1998;351(9103):637-641. "
    "doi:10.1016/s0140-6736(97)11096-0 PMID: 9500320",
    "bnt162b2": "Polack FP, Thomas SJ, Kitchin N, et al; C4591001 Clinical Trial Group. {title}. N Engl J Med. "
    "2020;383(27):2603-2615. doi:10.1056/NEJMoa2034577 PMID: 33301246",
    "bnt162b2-online": "Polack FP, Thomas SJ, Kitchin N. {title}. N Engl J Med. Published online December 10, 2020. "
    "doi:10.1056/NEJMoa2034577",
    "ioannidis2005": "Ioannidis JPA. {title}. PLoS Med. 2005;2(8):e124. doi:10.1371/journal.pmed.0020124 PMID: "
    "16060722",
    "consort2010": "Schulz KF, Altman DG, Moher D; CONSORT Group. {title}. BMJ. 2010;340:c332. doi:10.1136/bmj.c332 "
    "PMID: 20332509",
    "strobe2007": "von Elm E, Altman DG, Egger M, Pocock SJ, Gøtzsche PC, Vandenbroucke JP; STROBE Initiative. "
    "{title}. "
    "Lancet. 2007;370(9596):1453-1457. doi:10.1016/S0140-6736(07)61602-X PMID: 18064739",
    "cockcroft1976": "Cockcroft DW, Gault MH. {title}. Nephron. 1976;16(1):31-41. doi:10.1159/000180580 PMID: 1244564",
    "folstein1975": "Folstein MF, Folstein SE, McHugh PR. {title}. J Psychiatr Res. 1975;12(3):189-198. "
    "doi:10.1016/0022-3956(75)90026-6 PMID: 1202204",
    "ckdepi2009": "Levey AS, Stevens LA, Schmid CH, et al; CKD-EPI (Chronic Kidney Disease Epidemiology "
    "Collaboration). "
    "{title}. Ann Intern Med. 2009;150(9):604-612. doi:10.7326/0003-4819-150-9-200905050-00006 PMID: 19414839",
    "ada2024": "American Diabetes Association Professional Practice Committee. {title}. Diabetes Care. "
    "2024;47(suppl 1):S20-S42. doi:10.2337/dc24-S002 PMID: 38078589",
    "whelton2018": "Whelton PK, Carey RM, Aronow WS, et al. {title}. J Am Coll Cardiol. 2018;71(19):e127-e248. "
    "doi:10.1016/j.jacc.2017.11.006 PMID: 29146535",
    "lowenberg2009": "Löwenberg B, Ossenkoppele GJ, van Putten W, et al; Swiss Group for Clinical Cancer Research "
    "Collaborative Group; German Acute Myeloid Leukemia Study Group. {title}. N Engl J Med. 2009;361(13):1235-1248. "
    "doi:10.1056/NEJMoa0901409 PMID: 19776405",
    "recovery-preprint": "Horby P, Lim WS, Emberson J; RECOVERY Collaborative Group. {title}. medRxiv. Preprint posted "
    "online June 22, 2020. doi:10.1101/2020.06.22.20137273",
    "goodman-gilman": "Brunton LL, Knollmann BC, eds. {title}. 14th ed. McGraw Hill; 2023.",
    "ama-manual": "Christiansen SL, Iverson C, Flanagin A, et al. {title}. 11th ed. Oxford University Press; 2020.",
    "citing-medicine": "Patrias K. {title}. 2nd ed. Wendling D, ed. National Library of Medicine (US); 2007. "
    "Accessed June 10, 2025. https://www.ncbi.nlm.nih.gov/books/NBK7256/",
    "nice-ng136": "National Institute for Health and Care Excellence. {title}. NICE; 2019. Accessed June 10, 2025. "
    "https://www.nice.org.uk/guidance/ng136",
    "who-malaria": "World Health Organization. {title}. 3rd ed. World Health Organization; 2015.",
    "cdc-zika": "{title}. Centers for Disease Control and Prevention. January 26, 2016. Accessed June 18, 2019. "
    "https://wwwnc.cdc.gov/travel/page/zika-travel-information",
}

NLM = {
    "joglar2023": "Joglar JA, Chung MK, Armbruster AL, Benjamin EJ, Chyou JY, Cronin EM, et al. {title}. Circulation. "
    "2024;149(1):e1-e156. doi:10.1161/CIR.0000000000001193 PubMed PMID: 38033089.",
    "ruff2014": "Ruff CT, Giugliano RP, Braunwald E, Hoffman EB, Deenadayalu N, Ezekowitz MD, et al. {title}. Lancet. "
    "2014;383(9921):955-62. doi:10.1016/S0140-6736(13)62343-0",
    "aristotle2011": "Granger CB, Alexander JH, McMurray JJ, Lopes RD, Hylek EM, Hanna M; ARISTOTLE Committees and "
    "Investigators. {title}. N Engl J Med. 2011;365(11):981-92. doi:10.1056/NEJMoa1107039 PubMed PMID: 21870978.",
    "invictus2022": "Connolly SJ, Karthikeyan G, Ntsekhe M, Haileamlak A, El Sayed A, El Ghamrawy A; INVICTUS "
    "Investigators. {title}. N Engl J Med. 2022 Sep 15;387(11):978-88. doi:10.1056/NEJMoa2209051 "
    "PubMed PMID: 36036525.",
    "reddel2022": "Reddel HK, Bacharier LB, Bateman ED, Brightling CE, Brusselle GG, Buhl R, et al. {title}. Am J "
    "Respir "
    "Crit Care Med. 2022;205(1):17-35. doi:10.1164/rccm.202109-2205PP",
    "crossingham2021": "Crossingham I, Turner S, Ramakrishnan S, Fries A, Gowell M, Yasmin F, et al. {title}. Cochrane "
    "Database Syst Rev. 2021:CD013518. doi:10.1002/14651858.CD013518.pub2",
    "sygma1": "O'Byrne PM, FitzGerald JM, Bateman ED, Barnes PJ, Zhong N, Keen C, et al. {title}. N Engl J Med. "
    "2018 May 17;378(20):1865-76. doi:10.1056/NEJMoa1715274",
    "novelstart": "Beasley R, Holliday M, Reddel HK; Novel START Study Team. {title}. N Engl J Med. "
    "2019;380(21):2020-30. doi:10.1056/NEJMoa1901963",
    "esc2024bp": "McEvoy JW, McCarthy CP, Bruno RM; ESC Scientific Document Group. {title}. Eur Heart J. "
    "2024;45(38):3912-4018. doi:10.1093/eurheartj/ehae178 PubMed PMID: 39210715.",
    "ish2020": "Unger T, Borghi C, Charchar F, Khan NA, Poulter NR, Prabhakaran D, et al. {title}. Hypertension. "
    "2020;75(6):1334-57. doi:10.1161/HYPERTENSIONAHA.120.15026",
    "kdigo2022": "Kidney Disease: Improving Global Outcomes (KDIGO) Diabetes Work Group. {title}. Kidney Int. "
    "2022;102(5S):S1-S127. doi:10.1016/j.kint.2022.06.008 PubMed PMID: 36272764.",
    "sprint2015": "SPRINT Research Group. {title}. N Engl J Med. 2015 Nov 26;373(22):2103-16. "
    "doi:10.1056/NEJMoa1511939 PubMed PMID: 26551272.",
    "wright2018": "Wright JM, Musini VM, Gill R. {title}. Cochrane Database Syst Rev. 2018;(4):CD001841. "
    "doi:10.1002/14651858.CD001841.pub3",
    "lisinopril-label": "Lisinopril tablets [prescribing information]. NCS HealthCare of KY LLC dba Vangard Labs; "
    "2024 Sep 23. DailyMed set id 43fa9a16-c112-419f-8d7b-177f580462f2, version 23, effective 2024-09-23.",
    "metformin-label": "Metformin hydrochloride tablet [prescribing information]. Direct Rx; 2024 Nov 15. "
    "DailyMed set id c33e24e9-0441-6b94-e053-2a95a90a9c68, version 12, effective 2024-11-15.",
    "davies2022": "Davies MJ, Aroda VR, Collins BS, Gabbay RA, Green J, Maruthur NM, et al. {title}. Diabetes Care. "
    "2022 Nov;45(11):2753-86. doi:10.2337/dci22-0034 PubMed PMID: 36148880.",
    "inzucchi2014": "Inzucchi SE, Lipska KJ, Mayo H, Bailey CJ, McGuire DK. {title}. JAMA. 2014;312:2668-75. "
    "doi:10.1001/jama.2014.15298",
    "ukpds34": "UK Prospective Diabetes Study (UKPDS) Group. {title}. Lancet. 1998;352(9131):854-65. "
    "doi:10.1016/S0140-6736(98)07037-8 PubMed PMID: 9742977.",
    "aroda2016": "Aroda VR, Edelstein SL, Goldberg RB; Diabetes Prevention Program Research Group. {title}. J Clin "
    "Endocrinol Metab. 2016;101(4):1754-61. doi:10.1210/jc.2015-3754 PubMed PMID: 26900641.",
    "finnerup2015": "Finnerup NB, Attal N, Haroutounian S, McNicol E, Baron R, Dworkin RH, et al. {title}. Lancet "
    "Neurol. 2015 Feb;14(2):162-73. doi:10.1016/S1474-4422(14)70251-0 PubMed PMID: 25575710.",
    "wiffen2017": "Wiffen PJ, Derry S, Bell RF, Rice AS, Tölle TR, Phillips T, et al. {title}. Cochrane Database Syst "
    "Rev. 2017 Jun 9;2017(6):CD007938. doi:10.1002/14651858.CD007938.pub4 PubMed PMID: 28597471.",
    "tesfaye2022": "Tesfaye S, Sloan G, Petrie J, White D, Bradburn M, Julious S, et al. {title}. Lancet. "
    "2022;400:680-90. doi:10.1016/S0140-6736(22)01472-6 PubMed PMID: 36007534.",
    "gabapentin-label": "Gabapentin capsule [prescribing information]. Westminster Pharmaceuticals LLC; 2025 Apr 9. "
    "DailyMed set id 2f70c496-b58c-30f5-e054-00144ff8d46c, version 10, effective 2025-04-09.",
    "ailani2021": "Ailani J, Burch RC, Robbins MS; Board of Directors of the American Headache Society. {title}. "
    "Headache. 2021;61(7):1021-39. doi:10.1111/head.14153 PubMed PMID: 34160823.",
    "derry2014": "Derry CJ, Derry S, Moore RA. {title}. Cochrane Database Syst Rev. 2014 May 28;2014(5):CD009108. "
    "doi:10.1002/14651858.CD009108.pub2 PubMed PMID: 24865446.",
    "ichd3": "Headache Classification Committee of the International Headache Society. {title}. Cephalalgia. "
    "2018;38(1):1-211. doi:10.1177/0333102417738202 PubMed PMID: 29368949.",
    "sumatriptan-nasal-label": "Sumatriptan nasal spray [prescribing information]. Padagis Israel Pharmaceuticals Ltd; "
    "2026 Jan 26. DailyMed set id 6d521807-e5ce-498d-a224-5534c5ea61fa, version 9, effective 2026-01-26.",
    "gupta2011": "Gupta K, Hooton TM, Naber KG, Wullt B, Colgan R, Miller LG, et al. {title}. Clin Infect Dis. "
    "2011 Mar;52(5):e103-e120. doi:10.1093/cid/ciq257 PubMed PMID: 21292654.",
    "huttner2018": "Huttner A, Kowalczyk A, Turjeman A, Babich T, Brossier C, Eliakim-Raz N, et al. {title}. JAMA. "
    "2018 May 1;319(17):1781-9. doi:10.1001/jama.2018.3627 PubMed PMID: 29710295.",
    "gupta2007": "Gupta K, Hooton TM, Roberts PL, Stamm WE. {title}. Arch Intern Med. 2007 Nov 12;167(20):2207-12. "
    "PubMed PMID: 17998493.",
    "gagyor2015": "Gágyor I, Bleidorn J, Kochen MM, Schmiemann G, Wegscheider K, Hummers-Pradier E. {title}. BMJ. "
    "2015 Dec 23;351:h6544. doi:10.1136/bmj.h6544 PubMed PMID: 26698878.",
    "nitrofurantoin-label": "Nitrofurantoin (monohydrate/macrocrystals) capsule [prescribing information]. Aurobindo "
    "Pharma Limited; 2024 Dec 18. DailyMed set id 788f1fe3-d8a1-42cc-9280-07f842da34ea, version 2, effective "
    "2024-12-18.",
    "watson1953": "Watson JD, Crick FH. {title}. Nature. 1953 Apr 25;171(4356):737-8. doi:10.1038/171737a0 "
    "PubMed PMID: 13054692.",
    "sprint": "Wright JT Jr, Williamson JD, Whelton PK, Snyder JK, Sink KM, Rocco MV, et al.; SPRINT Research Group. "
    "{title}. N Engl J Med. 2015 Nov 26;373(22):2103-16. doi:10.1056/NEJMoa1511939 PubMed PMID: 26551272.",
    "prisma2009": "Moher D, Liberati A, Tetzlaff J, Altman DG; The PRISMA Group. {title}. PLoS Med. "
    "2009 Jul 21;6(7):e1000097. doi:10.1371/journal.pmed.1000097 PubMed PMID: 19621072.",
    "prisma2020": "Page MJ, McKenzie JE, Bossuyt PM, Boutron I, Hoffmann TC, Mulrow CD, et al. {title}. BMJ. "
    "2021 Mar 29;372:n71. doi:10.1136/bmj.n71 PubMed PMID: 33782057.",
    "grade2008": "Guyatt GH, Oxman AD, Vist GE, Kunz R, Falck-Ytter Y, Alonso-Coello P, et al.; GRADE Working Group. "
    "{title}. BMJ. 2008 Apr 26;336(7650):924-6. doi:10.1136/bmj.39489.470347.AD PubMed PMID: 18436948.",
    "wakefield1998": "Wakefield AJ, Murch SH, Anthony A, Linnell J, Casson DM, Malik M, et al. {title}. Lancet. "
    "1998 Feb;351(9103):637-41. doi:10.1016/s0140-6736(97)11096-0 PubMed PMID: 9500320.",
    "bnt162b2": "Polack FP, Thomas SJ, Kitchin N, Absalon J, Gurtman A, Lockhart S, et al.; C4591001 Clinical Trial "
    "Group. {title}. N Engl J Med. 2020 Dec 31;383(27):2603-15. doi:10.1056/NEJMoa2034577 PubMed PMID: 33301246.",
    "bnt162b2-online": "Polack FP, Thomas SJ, Kitchin N. {title}. N Engl J Med. 2020 Dec 10. doi:10.1056/NEJMoa2034577",
    "ioannidis2005": "Ioannidis JP. {title}. PLoS Med. 2005 Aug 30;2(8):e124. doi:10.1371/journal.pmed.0020124 "
    "PubMed PMID: 16060722.",
    "consort2010": "Schulz KF, Altman DG, Moher D; CONSORT Group. {title}. BMJ. 2010 Mar 23;340:c332. "
    "doi:10.1136/bmj.c332 PubMed PMID: 20332509.",
    "strobe2007": "von Elm E, Altman DG, Egger M, Pocock SJ, Gøtzsche PC, Vandenbroucke JP; STROBE Initiative. "
    "{title}. "
    "Lancet. 2007 Oct 20;370(9596):1453-7. doi:10.1016/S0140-6736(07)61602-X PubMed PMID: 18064739.",
    "cockcroft1976": "Cockcroft DW, Gault MH. {title}. Nephron. 1976;16(1):31-41. doi:10.1159/000180580 "
    "PubMed PMID: 1244564.",
    "folstein1975": "Folstein MF, Folstein SE, McHugh PR. {title}. J Psychiatr Res. 1975 Nov;12(3):189-98. "
    "doi:10.1016/0022-3956(75)90026-6 PubMed PMID: 1202204.",
    "ckdepi2009": "Levey AS, Stevens LA, Schmid CH, Zhang YL, Castro AF 3rd, Feldman HI, et al.; CKD-EPI (Chronic "
    "Kidney "
    "Disease Epidemiology Collaboration). {title}. Ann Intern Med. 2009 May 5;150(9):604-12. "
    "doi:10.7326/0003-4819-150-9-200905050-00006 PubMed PMID: 19414839.",
    "ada2024": "American Diabetes Association Professional Practice Committee. {title}. Diabetes Care. "
    "2024 Jan 1;47(Suppl 1):S20-S42. doi:10.2337/dc24-S002 PubMed PMID: 38078589.",
    "whelton2018": "Whelton PK, Carey RM, Aronow WS, Casey DE Jr, Collins KJ, Dennison Himmelfarb C, et al. {title}. "
    "J Am Coll Cardiol. 2018 May;71(19):e127-e248. doi:10.1016/j.jacc.2017.11.006 PubMed PMID: 29146535.",
    "lowenberg2009": "Löwenberg B, Ossenkoppele GJ, van Putten W, Schouten HC, Graux C, Ferrant A, et al.; Swiss Group "
    "for Clinical Cancer Research Collaborative Group; German Acute Myeloid Leukemia Study Group. {title}. N Engl J "
    "Med. "
    "2009 Sep 24;361(13):1235-48. doi:10.1056/NEJMoa0901409 PubMed PMID: 19776405.",
    "recovery-preprint": "Horby P, Lim WS, Emberson J; RECOVERY Collaborative Group. {title} [preprint]. medRxiv; "
    "2020. "
    "doi:10.1101/2020.06.22.20137273",
    "goodman-gilman": "Brunton LL, Knollmann BC, editors. {title}. 14th ed. McGraw Hill; 2023.",
    "ama-manual": "Christiansen SL, Iverson C, Flanagin A, Livingston EH, Fischer L, Manno C, et al. {title}. 11th ed. "
    "Oxford University Press; 2020.",
    "citing-medicine": "Patrias K. {title} [Internet]. 2nd ed. Wendling D, editor. Bethesda (MD): National Library of "
    "Medicine (US); 2007 [cited 2025 Jun 10]. Available from: https://www.ncbi.nlm.nih.gov/books/NBK7256/",
    "nice-ng136": "National Institute for Health and Care Excellence. {title} [Internet]. NICE; 2019 Aug "
    "[cited 2025 Jun 10]. Available from: https://www.nice.org.uk/guidance/ng136",
    "who-malaria": "World Health Organization. {title}. 3rd ed. Geneva: World Health Organization; 2015.",
    "cdc-zika": "Centers for Disease Control and Prevention [Internet]. 2016 [cited 2019 Jun 18]. {title}. "
    "Available from: https://wwwnc.cdc.gov/travel/page/zika-travel-information",
}

# Publication Manual of the American Psychological Association, 7th edition, chapters 9 and 10.
APA = {
    "sprint2015": "SPRINT Research Group. (2015). {title}. New England Journal of Medicine, 373(22), 2103–2116. "
    "https://doi.org/10.1056/NEJMoa1511939 PMID: 26551272",
    "gupta2007": "Gupta, K., Hooton, T. M., Roberts, P. L., & Stamm, W. E. (2007). {title}. Archives of Internal "
    "Medicine, 167(20), 2207–2212. PMID: 17998493",
    "gagyor2015": "Gágyor, I., Bleidorn, J., Kochen, M. M., Schmiemann, G., Wegscheider, K., & Hummers-Pradier, E. "
    "(2015). {title}. BMJ, 351, Article h6544. https://doi.org/10.1136/bmj.h6544 PMID: 26698878",
    "finnerup2015": "Finnerup, N. B., Attal, N., Haroutounian, S., McNicol, E., Baron, R., Dworkin, R. H., Gilron, I., "
    "Haanpää, M., Hansson, P., Jensen, T. S., Kamerman, P. R., Lund, K., Moore, A., Raja, S. N., Rice, A. S. C., "
    "Rowbotham, M., Sena, E., Siddall, P., Smith, B. H., & Wallace, M. (2015). {title}. The Lancet Neurology, 14(2), "
    "162–173. https://doi.org/10.1016/S1474-4422(14)70251-0 PMID: 25575710",
    "reddel2022": "Reddel, H. K., Bacharier, L. B., Bateman, E. D., Brightling, C. E., Brusselle, G. G., Buhl, R., "
    "Cruz, "
    "A. A., Duijts, L., Drazen, J. M., FitzGerald, J. M., Fleming, L. J., Inoue, H., Ko, F. W., Krishnan, J. A., Levy, "
    "M. L., Lin, J., Mortimer, K., Pitrez, P. M., Sheikh, A., … Boulet, L.-P. (2022). {title}. American Journal of "
    "Respiratory and Critical Care Medicine, 205(1), 17–35. https://doi.org/10.1164/rccm.202109-2205PP",
    "gabapentin-label": "Westminster Pharmaceuticals LLC. (2025, April 9). Gabapentin capsule [Prescribing "
    "information]. "
    "DailyMed set id 2f70c496-b58c-30f5-e054-00144ff8d46c, version 10, effective 2025-04-09.",
    "strobe2007": "von Elm, E., Altman, D. G., Egger, M., Pocock, S. J., Gøtzsche, P. C., Vandenbroucke, J. P., & "
    "STROBE "
    "Initiative. (2007). {title}. The Lancet, 370(9596), 1453–1457. https://doi.org/10.1016/S0140-6736(07)61602-X "
    "PMID: 18064739",
    "sprint": "Wright, J. T., Jr., Williamson, J. D., Whelton, P. K., Snyder, J. K., Sink, K. M., Rocco, M. V., "
    "Reboussin, D. M., & SPRINT Research Group. (2015). {title}. New England Journal of Medicine, 373(22), 2103–2116. "
    "https://doi.org/10.1056/NEJMoa1511939 PMID: 26551272",
    "bnt162b2-online": "Polack, F. P., Thomas, S. J., & Kitchin, N. (2020). {title}. New England Journal of Medicine. "
    "https://doi.org/10.1056/NEJMoa2034577",
    "goodman-gilman": "Brunton, L. L., & Knollmann, B. C. (Eds.). (2023). {title} (14th ed.). McGraw Hill.",
    "nice-ng136": "National Institute for Health and Care Excellence. (2019). {title}. NICE. "
    "https://www.nice.org.uk/guidance/ng136",
    "who-malaria": "World Health Organization. (2015). {title} (3rd ed.).",
    "cdc-zika": "{title}. (2016, January 26). Centers for Disease Control and Prevention. "
    "https://wwwnc.cdc.gov/travel/page/zika-travel-information",
}

# What no list of real records shows in full: kinds of work, faults of records, and what a record may lack.
SHAPES = [
    (
        work(
            "chapter",
            author=people("Roe|J"),
            editor=people("Doe|A", "Poe|B"),
            title="Pain",
            container_title="Pharmacology",
            edition="3",
            publisher="Press",
            issued=day(2020),
            page="12-5",
        ),
        "Roe J. Pain. In: Doe A, Poe B, eds. Pharmacology. 3rd ed. Press; 2020:12-15.",
        "Roe J. Pain. In: Doe A, Poe B, editors. Pharmacology. 3rd ed. Press; 2020. p. 12-5.",
        "Roe, J. (2020). Pain. In A. Doe & B. Poe (Eds.), Pharmacology (3rd ed., pp. 12–15). Press.",
    ),
    (
        work(
            "dataset",
            author=people("Roe|J"),
            title="Trials",
            publisher="Zenodo",
            version="2.0",
            issued=day(2021, 5, 4),
            doi="10.5281/zenodo.1",
        ),
        "Roe J. Trials. Dataset. Zenodo. Version 2.0. May 4, 2021. doi:10.5281/zenodo.1",
        "Roe J. Trials [dataset]. Zenodo; 2021. doi:10.5281/zenodo.1",
        "Roe, J. (2021). Trials (Version 2.0) [Dataset]. Zenodo. https://doi.org/10.5281/zenodo.1",
    ),
    (
        work(author=people("Roe|J"), title="Pain", container_title="J Pain"),
        "Roe J. Pain. J Pain.",
        "Roe J. Pain. J Pain.",
        "Roe, J. (n.d.). Pain. J Pain.",
    ),
    (
        work(title="Is it pain?", container_title="J Pain", volume="1", issued=day(2001), page="355–66"),
        "Is it pain? J Pain. 2001;1:355-366.",
        "Is it pain? J Pain. 2001;1:355-66.",
        "Is it pain? (2001). J Pain, 1, 355–366.",
    ),
    (
        work(author=people("Roe|J"), title="Pain", container_title="J Pain", issued={"literal": "in press"}),
        "Roe J. Pain. J Pain. In press.",
        "Roe J. Pain. J Pain. In press.",
        "Roe, J. (in press). Pain. J Pain.",
    ),
    (
        work(
            author=people("Roe|J"),
            title="Pain",
            container_title="J Pain",
            issued={"raw": "2018 Jun"},
            volume="1",
            issue="Suppl 2",
            page="S10-8",
        ),
        "Roe J. Pain. J Pain. 2018;1(suppl 2):S10-S18.",
        "Roe J. Pain. J Pain. 2018 Jun;1(Suppl 2):S10-S18.",
        "Roe, J. (2018). Pain. J Pain, 1(Suppl. 2), S10–S18.",
    ),
    (
        work(
            author=people("Roe|J"),
            title="Pain",
            container_title="J Pain",
            issued=day(2001),
            volume="1",
            page="8",
            accessed=day(2020, 1, 2),
            URL="https://example.org/a",
        ),
        "Roe J. Pain. J Pain. 2001;1:8. Accessed January 2, 2020. https://example.org/a",
        "Roe J. Pain. J Pain [Internet]. 2001 [cited 2020 Jan 2];1:8. Available from: https://example.org/a",
        "Roe, J. (2001). Pain. J Pain, 1, 8. https://example.org/a",
    ),
    (
        work(
            author=people("King|Martin Luther|III", "Berg|Jan-Piet van der", "Roe|jane-p. q.", "王|小明"),
            title="Pain",
            container_title="J Pain",
        ),
        "King ML III, van der Berg JP, Roe JPQ, 王 小明. Pain. J Pain.",
        "King ML 3rd, van der Berg JP, Roe JP, 王 小明. Pain. J Pain.",
        "King, M. L., III, van der Berg, J.-P., Roe, J.-P. Q., & 王 小明. (n.d.). Pain. J Pain.",
    ),
    (
        work(
            "webpage",
            author=people("World Health Organization"),
            title="Resistance",
            publisher="World Health Organization",
            accessed=day(2024, 6, 18),
            URL="https://www.who.int/x",
        ),
        "World Health Organization. Resistance. Accessed June 18, 2024. https://www.who.int/x",
        "World Health Organization. Resistance [Internet]. World Health Organization; [cited 2024 Jun 18]. "
        "Available from: https://www.who.int/x",
        "World Health Organization. (n.d.). Resistance. Retrieved June 18, 2024, from https://www.who.int/x",
    ),
    (
        work(
            "report",
            author=people("A Society"),
            title="Use of 50 mg tablets",
            container_title="Circulation",
            volume="3",
            issued=day(2020),
            page="1",
        ),
        "A Society. Use of 50 mg tablets. Circulation. 2020;3:1.",
        "A Society. Use of 50 mg tablets. Circulation. 2020;3:1.",
        "A Society. (2020). Use of 50 mg tablets. Circulation, 3, 1.",
    ),
]
