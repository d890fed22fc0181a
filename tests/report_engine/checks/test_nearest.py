from report_engine.words.nearest import nearest


def test_case_and_kind_of_dash_come_first():
    assert nearest("Social_Worker", ["social_workers", "social_worker"]) == "social_worker"
    assert nearest("18–24", ["18-24", "25-34"]) == "18-24"


def test_lost_leading_zeros():
    assert nearest("581", ["0581", "0580", "5810"]) == "0581"
    assert nearest("581.0", ["0581", "1581"]) == "0581"


def test_what_a_value_is_called_leads_to_it():
    assert nearest("Socialsekreterare", ["social_worker"], {"Socialsekreterare": "social_worker"}) == "social_worker"
    assert nearest("socialsekretrare", ["social_worker"], {"Socialsekreterare": "social_worker"}) == "social_worker"


def test_spelling_mistakes_and_nothing_near():
    assert nearest("socialwoker", ["pes_manager", "social_worker"]) == "social_worker"
    assert nearest("xyz", ["pes_manager", "social_worker"]) is None
    assert nearest("", []) is None


def test_a_code_of_another_length_is_of_another_kind():
    assert nearest("00", ["2080", "0180"]) is None
    assert nearest("0582", ["0581", "2080"]) == "0581"
