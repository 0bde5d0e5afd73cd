"""Labels of our own making, in the shapes that DailyMed and openFDA document."""

SET_ID = "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ab"
OTHER = "0cc5a3a2-1a2b-4c3d-8e4f-0123456789ff"
LOINC = "2.16.840.1.113883.6.1"
DOSE = "Take 300 mg three times a day."


def spl(version=3, dose=DOSE, set_id=SET_ID, more=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="x.xsl" type="text/xsl"?>
<document xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="a"/><code code="34391-3" codeSystem="{LOINC}"/>
<title>These highlights do not include all<br/> about NEURAL</title><effectiveTime value="20260525"/>
<setId root="{set_id.upper()}"/><versionNumber value="{version}"/>
<author><assignedEntity><representedOrganization><name>Maker of Medicines</name></representedOrganization>
</assignedEntity></author>
<component><structuredBody>
<component><section><code code="48780-1" codeSystem="{LOINC}"/><subject><manufacturedProduct><manufacturedProduct>
<name>Neural</name><asEntityWithGeneric><genericMedicine><name>gabapentin</name></genericMedicine>
</asEntityWithGeneric></manufacturedProduct><subjectOf><approval><code code="C73594" displayName="NDA"/></approval>
</subjectOf></manufacturedProduct></subject></section></component>
<component><section><code code="34066-1" codeSystem="{LOINC}"/><title>WARNING</title>
<text>Can slow <content styleCode="bold">breathing</content>.</text></section></component>
<component><section><code code="34068-7" codeSystem="{LOINC}"/><title>2 DOSAGE AND ADMINISTRATION</title>
<component><section><code code="42229-5" codeSystem="{LOINC}"/><title>2.1 Adults</title><text>
<paragraph>{dose}</paragraph><list><item>With food</item><item>Or <sub>with</sub>out</item></list>
<table><tbody><tr><th>CrCl</th><th>Dose</th></tr><tr><td>30 to 59</td><td>200 mg</td></tr></tbody></table>
</text></section></component></section></component>
<component><section><code code="42231-1" codeSystem="{LOINC}"/><title>Guide</title>
<text>Ask<br/>your doctor.</text></section></component>
<component><section><code code="34070-3" codeSystem="{LOINC}"/><title>Empty</title><text/></section></component>
<component><section><code code="51945-4" codeSystem="{LOINC}"/><text>A picture</text></section></component>
<component><section><code code="34084-4" codeSystem="1.2.3"/><text>Another system</text></section></component>
{more}</structuredBody></component></document>"""


def history(*versions):
    entries = [{"spl_version": number, "published_date": "May 25, 2026"} for number in versions]
    return {"metadata": {}, "data": {"spl": {"setid": SET_ID, "title": "NEURAL"}, "history": entries}}


def fda(version="3", dose=DOSE, **more):
    record = {
        "id": "x",
        "set_id": SET_ID,
        "version": version,
        "effective_time": "20260525",
        "dosage_and_administration": [f"2 DOSAGE AND ADMINISTRATION {dose}"],
        "dosage_and_administration_table": ["<table/>"],
        "spl_medguide": ["Ask your doctor.", "And read."],
        "openfda": {
            "brand_name": ["Neural"],
            "generic_name": ["GABAPENTIN"],
            "manufacturer_name": ["Maker"],
            "application_number": ["NDA020235"],
        },
        **more,
    }
    return {"meta": {"results": {"skip": 0, "limit": 1, "total": 1}}, "results": [record]}


FDA_NOTHING = {"error": {"code": "NOT_FOUND", "message": "No matches found!"}}
